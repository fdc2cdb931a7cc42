package io.orderflow.payment.command;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.WaitingOn;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Ask the customer's bank to authorize money for an order.
 *
 * @param shop      identity of the shop that placed the order
 * @param waitingOn the authorization; the customer has as much time if the bank asks for an action
 */
public record RequestPayment(@TargetAggregateIdentifier PaymentId paymentId, OrderId orderId, String shop,
        Money amount, PaymentMethod method, WaitingOn waitingOn) {
}
