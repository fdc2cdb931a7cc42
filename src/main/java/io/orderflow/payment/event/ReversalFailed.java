package io.orderflow.payment.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;

/** The gateway refuses for good to give the money back; somebody has to look. */
@StoredAs("payment.ReversalFailed")
public record ReversalFailed(PaymentId paymentId, OrderId orderId, String operationId, String code, String detail,
        PaymentStatus paymentStatus) implements PaymentFact {
}
