package io.orderflow.payment.command;

import io.orderflow.shared.PaymentId;
import io.orderflow.shared.WaitingOn;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Give back all money of a payment: by a void, a refund, or by dropping what the gateway has not received yet. */
public record ReversePayment(@TargetAggregateIdentifier PaymentId paymentId, WaitingOn waitingOn) {
}
