package io.orderflow.payment.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;

/** What was set aside, or taken, under this authorization is to be given back. */
@StoredAs("payment.ReversalRequested")
public record ReversalRequested(PaymentId paymentId, OrderId orderId, String operationId, ReversalKind kind,
        Money amount, String authorizationId, PaymentStatus paymentStatus) implements PaymentFact {
}
