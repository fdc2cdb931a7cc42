package io.orderflow.payment.reconciliation;

import org.springframework.stereotype.Component;

/** Everything that a comparison reads and writes of ours. */
@Component
record ReconciliationTables(ReconciliationRows runs, LedgerLines lines, OurOperations ours,
        DifferenceRows differences) {
}
