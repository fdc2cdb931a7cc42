package io.orderflow.payment.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.OwnedFact;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;

/**
 * Money for an order is to be set aside; the operation identity is chosen before the gateway hears of it.
 *
 * @param shop      who placed the order
 * @param waitingOn whom the order waits on until the payment is authorized
 */
@StoredAs("payment.PaymentRequested")
public record PaymentRequested(PaymentId paymentId, OrderId orderId, String shop, String operationId,
        Money amount, PaymentMethod method, WaitingOn waitingOn) implements PaymentFact, WaitFact, OwnedFact {

    @Override
    public PaymentStatus paymentStatus() {
        return PaymentStatus.REQUESTED;
    }
}
