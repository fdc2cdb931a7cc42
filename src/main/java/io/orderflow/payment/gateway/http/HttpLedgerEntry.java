package io.orderflow.payment.gateway.http;

import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One entry of the gateway's ledger, as JSON. */
record HttpLedgerEntry(@Nullable String operationId, @Nullable String authorizationId, String kind, String status,
        @Nullable Money amount, @Nullable Instant at) {

    /** @throws IllegalArgumentException when money moved and the amount is missing */
    GatewayEntry entry() {
        if (amount == null && !"failed".equals(status)) {
            throw new IllegalArgumentException("The gateway's ledger lacks the amount of " + operationId);
        }
        return new GatewayEntry(operationId, authorizationId,
                kind.equals("authorization") ? Kind.AUTHORIZE : Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                amount, OperationStatus.valueOf(status.toUpperCase(Locale.ROOT)), at);
    }
}
