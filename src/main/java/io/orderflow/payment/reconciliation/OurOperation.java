package io.orderflow.payment.reconciliation;

import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.payment.query.ReconciliationView.Ours;
import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentId;
import java.time.Instant;

/**
 * An operation as our ledger has it.
 *
 * @param code        the gateway's reason, or ours; null unless it was refused
 * @param voided      whether the authorization of its payment was given back
 * @param requestedAt UTC
 * @param changedAt   when anything about its payment changed last, UTC
 */
record OurOperation(String id, PaymentId paymentId, Kind kind, OperationStatus status, Money amount, String code,
        boolean voided, Instant requestedAt, Instant changedAt) {

    private static final String GIVEN_UP = "given_up";

    boolean isOpen() {
        return !status.isFinal();
    }

    /** An authorization that was still open when its payment was reversed. */
    boolean isGivenUp() {
        return status == OperationStatus.DECLINED && GIVEN_UP.equals(code);
    }

    /** The same, given back by a void, which is compared by itself: the customer may have confirmed a moment before. */
    boolean isGivenUpAndVoided() {
        return isGivenUp() && voided;
    }

    /** Since when it has stood as it does, at the latest. */
    Instant settledAt() {
        return isOpen() ? requestedAt : changedAt;
    }

    Ours view() {
        return new Ours(kind, status, amount);
    }
}
