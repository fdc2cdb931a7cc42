package io.orderflow.payment.command;

import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Money;
import io.orderflow.platform.spi.PermanentRequest;
import io.orderflow.shared.PaymentId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Pay money back that was taken, never more than that.
 *
 * @param refundId {@code ref_…}, or the identity of the return it is for, {@code ret_…}
 * @param amount   null for all that is left to pay back
 * @param reason   why, in words
 * @param due      how much is to be taken in all by now, whether it was asked for here yet or not; null when only the
 *                 payment itself tells
 */
public record RefundPayment(@TargetAggregateIdentifier PaymentId paymentId, String refundId, Money amount,
        String reason, ExpectedVersion expectedVersion, Money due) implements PermanentRequest {
}
