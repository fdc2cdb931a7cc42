package io.orderflow.platform.scheduling;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.platform.spi.Retention;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Deletes data whose retention period is over, in short transactions that hold no locks for long. */
@Component
class RetentionRounds {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionRounds.class);
    private static final int BATCH = 500;
    /** Per round and kind; the rest follows in later rounds. */
    private static final int BATCHES = 200;

    private final List<Retention> retentions;
    private final TransactionTemplate transaction;
    private final MeterRegistry meters;
    private final Clock clock;

    RetentionRounds(List<Retention> retentions, PlatformTransactionManager transactions, MeterRegistry meters,
            Clock clock) {
        this.retentions = retentions;
        this.transaction = new TransactionTemplate(transactions);
        this.meters = meters;
        this.clock = clock;
    }

    void clean() {
        for (Retention retention : retentions) {
            if (!retention.keep().isZero()) {
                try {
                    clean(retention);
                } catch (RuntimeException failure) {
                    LOG.warn("Old {} could not be deleted; the next round tries again", retention.what(), failure);
                }
            }
        }
    }

    private void clean(Retention retention) {
        Instant before = clock.instant().minus(retention.keep());
        int deleted = 0;
        int batch = BATCH;
        for (int round = 0; round < BATCHES && batch >= BATCH; round++) {
            batch = transaction.execute(status -> retention.old().delete(before, BATCH));
            deleted += batch;
            meters.counter("orderflow.retention.deleted", "what", retention.what()).increment(batch);
        }
        if (deleted > 0) {
            LOG.info("Deleted {} {} from before {}", deleted, retention.what(), before);
        }
    }
}
