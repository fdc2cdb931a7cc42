package io.orderflow.payment.command;

import io.orderflow.shared.PaymentId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Give back whatever was set aside or taken, by the way that fits what has happened. */
public record ReversePayment(@TargetAggregateIdentifier PaymentId paymentId) {
}
