package io.orderflow.payment.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;

/**
 * The customer has to act before the bank decides; no money is set aside yet.
 *
 * @param authorizationId the gateway's name for what it will set aside
 */
@StoredAs("payment.PaymentActionRequired")
public record PaymentActionRequired(PaymentId paymentId, OrderId orderId, String operationId, String authorizationId,
        NextAction nextAction) implements PaymentFact {

    @Override
    public PaymentStatus paymentStatus() {
        return PaymentStatus.ACTION_REQUIRED;
    }
}
