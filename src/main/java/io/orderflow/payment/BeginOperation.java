package io.orderflow.payment;

import io.orderflow.shared.PaymentId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Decide whether an operation that has not reached the gateway is still wanted; if not, it is abandoned. */
public record BeginOperation(@TargetAggregateIdentifier PaymentId paymentId, String operationId) {
}
