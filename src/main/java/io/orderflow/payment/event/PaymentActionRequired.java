package io.orderflow.payment.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The customer has to act before the bank decides; no money is authorized yet.
 *
 * @param authorizationId the gateway's name for the authorization
 * @param waitLimit       how long the order waits for the customer; null when the order is being undone
 */
@StoredAs("payment.PaymentActionRequired")
public record PaymentActionRequired(PaymentId paymentId, OrderId orderId, String operationId, String authorizationId,
        NextAction nextAction, @Nullable Duration waitLimit) implements PaymentFact, WaitFact {

    @Override
    public PaymentStatus paymentStatus() {
        return PaymentStatus.ACTION_REQUIRED;
    }

    @Override
    public @Nullable WaitingOn waitingOn(@Nullable WaitingOn before, Instant at) {
        return waitLimit == null ? before : WaitingOn.atMost(waitLimit, Code.PAYMENT_ACTION, at);
    }
}
