package io.orderflow.payment.gateway;

import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import java.time.Instant;

/**
 * One line of the gateway's own ledger: what it says it did under one of our operation ids.
 *
 * @param operationId our id, as the gateway knows it; null when it did this without us
 * @param reference   the gateway's own name for it
 * @param amount      null where it was refused and so moved nothing: the sandbox's refused voids do not say how much
 * @param at          UTC
 */
public record GatewayEntry(String operationId, String reference, Kind kind, Money amount, OperationStatus status,
        Instant at) {
}
