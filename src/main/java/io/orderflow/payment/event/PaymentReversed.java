package io.orderflow.payment.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;

/** No money of the order is authorized or kept any more. */
@StoredAs("payment.PaymentReversed")
public record PaymentReversed(PaymentId paymentId, OrderId orderId, String operationId, ReversalKind kind,
        Money amount, PaymentStatus paymentStatus) implements PaymentFact {
}
