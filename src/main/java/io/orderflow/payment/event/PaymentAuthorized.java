package io.orderflow.payment.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;
import java.time.Instant;

/**
 * The money of an order is set aside at the gateway, not taken yet.
 *
 * @param authorizationId the gateway's name for what it set aside; null for an order worth nothing
 * @param captureBefore   until when it can be taken, UTC; null when the gateway sets no limit or nobody knew of one
 */
@StoredAs("payment.PaymentAuthorized")
public record PaymentAuthorized(PaymentId paymentId, OrderId orderId, String operationId, Money amount,
        String authorizationId, Instant captureBefore) implements PaymentFact {

    @Override
    public PaymentStatus paymentStatus() {
        return PaymentStatus.AUTHORIZED;
    }
}
