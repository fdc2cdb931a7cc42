package io.orderflow.payment.command;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.WaitingOn;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Ask the customer's bank to set money aside for an order.
 *
 * @param shop      who placed the order
 * @param waitingOn whom the order waits on until the payment is authorized
 */
public record RequestPayment(@TargetAggregateIdentifier PaymentId paymentId, OrderId orderId, String shop,
        Money amount, PaymentMethod method, WaitingOn waitingOn) {
}
