package io.orderflow.payment.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money that was authorized or captured under this authorization is to be given back.
 *
 * @param waitingOn what the order waits for because of it; null when that does not change
 */
@StoredAs("payment.ReversalRequested")
public record ReversalRequested(PaymentId paymentId, OrderId orderId, String operationId, ReversalKind kind,
        Money amount, String authorizationId, @Nullable WaitingOn waitingOn, PaymentStatus paymentStatus)
        implements PaymentFact, WaitFact {

    @Override
    public @Nullable WaitingOn waitingOn(@Nullable WaitingOn before, Instant at) {
        return waitingOn == null ? before : waitingOn;
    }
}
