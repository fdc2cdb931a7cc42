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
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money for an order is to be authorized under this operation identity.
 *
 * @param shop      identity of the shop that placed the order
 * @param waitingOn the authorization; the customer has as much time if the bank asks for an action
 */
@StoredAs("payment.PaymentRequested")
public record PaymentRequested(PaymentId paymentId, OrderId orderId, String shop, String operationId,
        Money amount, PaymentMethod method, WaitingOn waitingOn) implements PaymentFact, WaitFact, OwnedFact {

    @Override
    public PaymentStatus paymentStatus() {
        return PaymentStatus.REQUESTED;
    }

    @Override
    public WaitingOn waitingOn(@Nullable WaitingOn before, Instant at) {
        return waitingOn;
    }
}
