package io.orderflow.payment.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;

/**
 * Captured money is to be refunded by this operation.
 *
 * @param refundId {@code ref_…} for a refund of its own, {@code ret_…} for that of returned goods
 * @param attempt  1 for the first; what the gateway refused is repeated by another operation
 */
@StoredAs("payment.RefundRequested")
public record RefundRequested(PaymentId paymentId, OrderId orderId, String refundId, String operationId, int attempt,
        Money amount, String reason, String authorizationId, PaymentStatus paymentStatus) implements PaymentFact {
}
