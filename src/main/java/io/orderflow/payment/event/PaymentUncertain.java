package io.orderflow.payment.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;

/** The gateway's answer to an operation is unknown; it is looked up until the truth is known. */
@StoredAs("payment.PaymentUncertain")
public record PaymentUncertain(PaymentId paymentId, OrderId orderId, String operationId, String detail)
        implements PaymentFact {

    @Override
    public PaymentStatus paymentStatus() {
        return PaymentStatus.UNKNOWN;
    }
}
