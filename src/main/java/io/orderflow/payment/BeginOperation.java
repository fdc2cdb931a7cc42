package io.orderflow.payment;

import io.orderflow.shared.PaymentId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Say whether an operation that never reached the gateway is still wanted; if not, it never happens. */
public record BeginOperation(@TargetAggregateIdentifier PaymentId paymentId, String operationId) {
}
