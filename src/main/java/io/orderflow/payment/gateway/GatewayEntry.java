package io.orderflow.payment.gateway;

import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the gateway's ledger.
 *
 * @param operationId ours; null when the gateway did this without a request of ours
 * @param reference   the gateway's id
 * @param amount      null when the operation was refused and the gateway does not say how much
 * @param at          UTC; null when the gateway does not say
 */
public record GatewayEntry(@Nullable String operationId, @Nullable String reference, Kind kind, @Nullable Money amount,
        OperationStatus status, @Nullable Instant at) {
}
