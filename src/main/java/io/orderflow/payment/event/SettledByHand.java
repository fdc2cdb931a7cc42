package io.orderflow.payment.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;

/**
 * Staff has settled outside the gateway what the gateway refuses to do; the fact it stands for comes just before.
 *
 * @param operationId the operation that failed
 * @param note        how it was settled, in words
 */
@StoredAs("payment.SettledByHand")
public record SettledByHand(PaymentId paymentId, OrderId orderId, String operationId, Money amount, String note,
        PaymentStatus paymentStatus) implements PaymentFact {
}
