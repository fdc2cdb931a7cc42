package io.orderflow.payment.command;

import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.PaymentId;
import io.orderflow.platform.spi.PermanentRequest;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Note that staff has settled an operation that the gateway refuses, for example by bank transfer.
 *
 * @param note how
 */
public record SettleByHand(@TargetAggregateIdentifier PaymentId paymentId, String operationId, String note,
        ExpectedVersion expectedVersion) implements PermanentRequest {
}
