package io.orderflow.payment.command;

import io.orderflow.payment.query.ReconciliationView;
import io.orderflow.platform.spi.PermanentRequest;
import java.time.Instant;

/**
 * Compare our ledger with the gateway's, operation by operation; answered by a
 * {@link ReconciliationView}. Refused while another comparison runs.
 *
 * @param reconciliationId {@code rec_…}
 * @param since            operations requested before then are left out, UTC; null for the usual window
 */
public record StartReconciliation(String reconciliationId, Instant since) implements PermanentRequest {
}
