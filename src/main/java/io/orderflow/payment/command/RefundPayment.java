package io.orderflow.payment.command;

import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Money;
import io.orderflow.shared.OncePerRequest;
import io.orderflow.shared.PaymentId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Pay money back that was taken, never more than that.
 *
 * @param refundId {@code ref_…}, or the identity of the return it is for, {@code ret_…}
 * @param amount   null for all that is left to pay back
 * @param reason   why, in words
 */
public record RefundPayment(@TargetAggregateIdentifier PaymentId paymentId, String refundId, Money amount,
        String reason, ExpectedVersion expectedVersion) implements OncePerRequest {
}
