package io.orderflow.payment.command;

import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.PaymentId;
import io.orderflow.platform.spi.PermanentRequest;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Repeat an operation that the gateway refused, as a new operation. */
public record RetryOperation(@TargetAggregateIdentifier PaymentId paymentId, String operationId,
        ExpectedVersion expectedVersion) implements PermanentRequest {
}
