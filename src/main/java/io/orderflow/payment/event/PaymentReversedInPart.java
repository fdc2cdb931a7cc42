package io.orderflow.payment.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;

/** A part of the money is given back; the rest follows. */
@StoredAs("payment.PaymentReversedInPart")
public record PaymentReversedInPart(PaymentId paymentId, OrderId orderId, String operationId, ReversalKind kind,
        Money amount, PaymentStatus paymentStatus) implements PaymentFact {
}
