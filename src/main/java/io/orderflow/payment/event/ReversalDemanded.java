package io.orderflow.payment.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** All money has to be given back as soon as the outcome of the running operations is known. */
@StoredAs("payment.ReversalDemanded")
public record ReversalDemanded(PaymentId paymentId, OrderId orderId, WaitingOn waitingOn,
        PaymentStatus paymentStatus) implements PaymentFact, WaitFact {

    @Override
    public WaitingOn waitingOn(@Nullable WaitingOn before, Instant at) {
        return waitingOn;
    }
}
