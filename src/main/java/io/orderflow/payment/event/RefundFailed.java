package io.orderflow.payment.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;

/**
 * The gateway did not pay money back, or says now that it did not after all.
 *
 * @param attempt       which attempt failed
 * @param refundedTotal what has been paid back of the payment by other refunds
 * @param last          whether nothing more is tried by itself, so that somebody has to look
 */
@StoredAs("payment.RefundFailed")
public record RefundFailed(PaymentId paymentId, OrderId orderId, String refundId, String operationId, int attempt,
        Money amount, Money refundedTotal, String code, String detail, boolean last, PaymentStatus paymentStatus)
        implements PaymentFact {
}
