package io.orderflow.payment.command;

import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Money;
import io.orderflow.platform.spi.PermanentRequest;
import io.orderflow.shared.PaymentId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Refund captured money, never more than that.
 *
 * @param refundId {@code ref_…}, or the identity of the return it is for, {@code ret_…}
 * @param amount   null for all that can be refunded
 * @param due      how much is to be captured in all, also if the command for it has not come yet; null when unknown
 */
public record RefundPayment(@TargetAggregateIdentifier PaymentId paymentId, String refundId, @Nullable Money amount,
        String reason, ExpectedVersion expectedVersion, @Nullable Money due) implements PermanentRequest {
}
