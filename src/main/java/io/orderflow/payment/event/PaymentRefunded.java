package io.orderflow.payment.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;

/**
 * Money is refunded.
 *
 * @param amount        what this operation refunded
 * @param refundedTotal what has been refunded of the payment so far, this included
 * @param paymentStatus {@code partially_refunded} or {@code refunded}
 */
@StoredAs("payment.PaymentRefunded")
public record PaymentRefunded(PaymentId paymentId, OrderId orderId, String refundId, String operationId, Money amount,
        Money refundedTotal, PaymentStatus paymentStatus) implements PaymentFact {
}
