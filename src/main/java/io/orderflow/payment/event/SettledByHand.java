package io.orderflow.payment.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;

/**
 * Staff has settled an operation that the gateway refuses; the event of its effect comes just before.
 *
 * @param operationId the operation that failed
 * @param note        how it was settled
 */
@StoredAs("payment.SettledByHand")
public record SettledByHand(PaymentId paymentId, OrderId orderId, String operationId, Money amount, String note,
        PaymentStatus paymentStatus) implements PaymentFact {
}
