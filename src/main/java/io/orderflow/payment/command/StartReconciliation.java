package io.orderflow.payment.command;

import io.orderflow.payment.query.ReconciliationView;
import io.orderflow.platform.spi.PermanentRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Compare our ledger with the gateway's; answered by a {@link ReconciliationView}. Refused while another one runs.
 *
 * @param reconciliationId {@code rec_…}
 * @param since            operations requested earlier are left out, UTC; null for the default window
 */
public record StartReconciliation(String reconciliationId, @Nullable Instant since) implements PermanentRequest {
}
