package io.orderflow.payment.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;

/** The money is to go back, by the way that fits, as soon as it is known what became of it. */
@StoredAs("payment.ReversalDemanded")
public record ReversalDemanded(PaymentId paymentId, OrderId orderId, PaymentStatus paymentStatus)
        implements PaymentFact {
}
