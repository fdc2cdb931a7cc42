package io.orderflow.payment.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;
import org.jspecify.annotations.Nullable;

/**
 * The gateway refused a refund, or reports now that a refund it had reported as done has failed.
 *
 * @param attempt       which attempt failed
 * @param refundedTotal what has been refunded of the payment by other refunds
 * @param last          whether it is not tried again by itself, so that staff has to act
 */
@StoredAs("payment.RefundFailed")
public record RefundFailed(PaymentId paymentId, OrderId orderId, String refundId, String operationId, int attempt,
        Money amount, Money refundedTotal, @Nullable String code, @Nullable String detail, boolean last,
        PaymentStatus paymentStatus) implements PaymentFact {
}
