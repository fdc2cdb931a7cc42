package io.orderflow.payment;

import io.orderflow.payment.gateway.GatewayOutcome;
import io.orderflow.shared.PaymentId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Record the outcome of an operation at the gateway; a final outcome never changes. */
public record RecordOutcome(@TargetAggregateIdentifier PaymentId paymentId, String operationId, GatewayOutcome outcome) {
}
