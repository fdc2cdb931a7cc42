package io.orderflow.payment.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an operation at the gateway is unknown; it is looked up until it is known.
 *
 * @param awaited what the order waits for because of it; null when that does not change
 */
@StoredAs("payment.PaymentUncertain")
public record PaymentUncertain(PaymentId paymentId, OrderId orderId, String operationId, String detail,
        @Nullable Code awaited, PaymentStatus paymentStatus) implements PaymentFact, WaitFact {

    @Override
    public @Nullable WaitingOn waitingOn(@Nullable WaitingOn before, Instant at) {
        return awaited == null ? before : WaitingOn.instead(before, awaited, at);
    }
}
