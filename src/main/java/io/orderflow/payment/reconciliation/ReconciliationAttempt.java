package io.orderflow.payment.reconciliation;

import java.time.Instant;

/**
 * One try at a reconciliation.
 *
 * @param attempt   one more each time it is begun anew; whoever works on an earlier one may write no more
 * @param since     operations requested before then are left out, UTC
 * @param startedAt UTC
 */
record ReconciliationAttempt(String id, int attempt, Instant since, Instant startedAt) {
}
