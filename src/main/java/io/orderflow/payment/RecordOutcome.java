package io.orderflow.payment;

import io.orderflow.payment.gateway.GatewayOutcome;
import io.orderflow.shared.PaymentId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Note what the gateway says of an operation; the truth, once known, is never changed. */
public record RecordOutcome(@TargetAggregateIdentifier PaymentId paymentId, String operationId, GatewayOutcome outcome) {
}
