package io.orderflow.payment.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;

/** The money of an order was refused; none was set aside. */
@StoredAs("payment.PaymentDeclined")
public record PaymentDeclined(PaymentId paymentId, OrderId orderId, String operationId, String code,
        String detail) implements PaymentFact {

    @Override
    public PaymentStatus paymentStatus() {
        return PaymentStatus.DECLINED;
    }
}
