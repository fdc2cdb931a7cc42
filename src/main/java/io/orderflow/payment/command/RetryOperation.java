package io.orderflow.payment.command;

import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.PaymentId;
import io.orderflow.platform.spi.PermanentRequest;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Try again, by a new operation, what the gateway refused. */
public record RetryOperation(@TargetAggregateIdentifier PaymentId paymentId, String operationId,
        ExpectedVersion expectedVersion) implements PermanentRequest {
}
