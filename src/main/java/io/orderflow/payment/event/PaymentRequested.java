package io.orderflow.payment.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.OwnedFact;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;

/**
 * Money for an order is to be set aside; the operation identity is chosen before the gateway hears of it.
 *
 * @param shop who placed the order
 */
@StoredAs("payment.PaymentRequested")
public record PaymentRequested(PaymentId paymentId, OrderId orderId, String shop, String operationId,
        Money amount, PaymentMethod method) implements PaymentFact, OwnedFact {

    @Override
    public PaymentStatus paymentStatus() {
        return PaymentStatus.REQUESTED;
    }
}
