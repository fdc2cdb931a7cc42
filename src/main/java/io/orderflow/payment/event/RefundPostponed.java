package io.orderflow.payment.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;

/** Money is to be refunded as soon as it is captured. */
@StoredAs("payment.RefundPostponed")
public record RefundPostponed(PaymentId paymentId, OrderId orderId, String refundId, Money amount, String reason,
        PaymentStatus paymentStatus) implements PaymentFact {
}
