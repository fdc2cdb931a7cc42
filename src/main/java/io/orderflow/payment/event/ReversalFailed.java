package io.orderflow.payment.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The gateway has finally refused to reverse the payment; staff has to act. */
@StoredAs("payment.ReversalFailed")
public record ReversalFailed(PaymentId paymentId, OrderId orderId, String operationId, @Nullable String code,
        @Nullable String detail, PaymentStatus paymentStatus) implements PaymentFact, WaitFact {

    @Override
    public @Nullable WaitingOn waitingOn(@Nullable WaitingOn before, Instant at) {
        return WaitingOn.instead(before, Code.PAYMENT_REVERSAL_FAILED, at);
    }
}
