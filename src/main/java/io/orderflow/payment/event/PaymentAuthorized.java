package io.orderflow.payment.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The money of an order is authorized, not captured yet.
 *
 * @param authorizationId the gateway's name for the authorization; null for an order worth nothing
 * @param captureBefore   until when it can be captured, UTC; null when the gateway states no limit
 */
@StoredAs("payment.PaymentAuthorized")
public record PaymentAuthorized(PaymentId paymentId, OrderId orderId, String operationId, Money amount,
        @Nullable String authorizationId, @Nullable Instant captureBefore) implements PaymentFact {

    @Override
    public PaymentStatus paymentStatus() {
        return PaymentStatus.AUTHORIZED;
    }
}
