package io.orderflow.payment.reconciliation;

import io.orderflow.payment.gateway.GatewayEntry;
import org.jspecify.annotations.Nullable;

/**
 * One operation in both ledgers; at least one has it.
 *
 * @param position  of the gateway's entry in the staging table
 * @param theirs    the entry that counts: the first success, else the last one
 * @param successes how often the gateway lists the operation as succeeded
 */
record LedgerPair(long position, @Nullable GatewayEntry theirs, int successes, @Nullable OurOperation ours) {

    @Nullable String operationId() {
        return ours != null ? ours.id() : theirs.operationId();
    }
}
