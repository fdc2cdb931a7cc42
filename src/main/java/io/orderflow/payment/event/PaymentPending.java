package io.orderflow.payment.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;

/** The gateway has taken an operation on and will tell later how it ends; whoever waits asks, or is told. */
@StoredAs("payment.PaymentPending")
public record PaymentPending(PaymentId paymentId, OrderId orderId, String operationId, PaymentStatus paymentStatus)
        implements PaymentFact {
}
