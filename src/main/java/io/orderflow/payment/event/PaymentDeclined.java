package io.orderflow.payment.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;
import org.jspecify.annotations.Nullable;

/** The authorization was declined. */
@StoredAs("payment.PaymentDeclined")
public record PaymentDeclined(PaymentId paymentId, OrderId orderId, String operationId, @Nullable String code,
        @Nullable String detail) implements PaymentFact {

    @Override
    public PaymentStatus paymentStatus() {
        return PaymentStatus.DECLINED;
    }
}
