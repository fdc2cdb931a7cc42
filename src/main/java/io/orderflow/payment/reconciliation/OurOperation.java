package io.orderflow.payment.reconciliation;

import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operation in our ledger.
 *
 * @param code        why it was refused, by the gateway or by us
 * @param voided      whether the authorization of its payment was voided
 * @param requestedAt UTC
 * @param changedAt   time of the last change of its payment, UTC
 */
record OurOperation(String id, PaymentId paymentId, Kind kind, OperationStatus status, Money amount,
        @Nullable String code, boolean voided, Instant requestedAt, Instant changedAt) {

    boolean isOpen() {
        return !status.isFinal();
    }

    /** An authorization that was still open when its payment was reversed. */
    boolean isGivenUp() {
        return status == OperationStatus.DECLINED && "given_up".equals(code);
    }

    /** The latest time at which its status can have changed. */
    Instant settledAt() {
        return isOpen() ? requestedAt : changedAt;
    }
}
