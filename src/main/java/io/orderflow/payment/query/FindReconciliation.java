package io.orderflow.payment.query;

/**
 * One comparison with the gateway's ledger; answered by an optional {@link ReconciliationView}.
 *
 * @param reconciliationId null for the one that was started last
 */
public record FindReconciliation(String reconciliationId) {
}
