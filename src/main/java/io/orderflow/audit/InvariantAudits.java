package io.orderflow.audit;

import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Audits of the running store, one at a time; requests during an audit share it. */
class InvariantAudits {

    private static final Logger LOG = LoggerFactory.getLogger(InvariantAudits.class);

    private final Snapshots snapshots;
    private final Callable<@Nullable GatewayLedger> ledger;
    private final Clock clock;
    private @Nullable Run latest;

    /** An audit that is running or has ended. */
    static final class Run {

        final CompletableFuture<Report> report = new CompletableFuture<>();
        private final AtomicLong eventsRead = new AtomicLong();
        private final Instant started;
        private volatile @Nullable Long events;
        private volatile boolean delivered;

        private Run(Instant started) {
            this.started = started;
        }

        /** The next request starts a new audit. */
        void markDelivered() {
            delivered = true;
        }

        Progress progress() {
            return new Progress("running", started, eventsRead.get(), events);
        }
    }

    /** @param events how many there are to read, once that is known */
    record Progress(String status, Instant startedAt, long eventsRead, @Nullable Long events) {
    }

    InvariantAudits(Snapshots snapshots, Callable<@Nullable GatewayLedger> ledger, Clock clock) {
        this.snapshots = snapshots;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The running audit, or one whose report was not delivered yet, or a new one. */
    synchronized Run current() {
        if (latest == null || latest.report.isDone() && latest.delivered) {
            var run = new Run(clock.instant());
            var thread = new Thread(() -> audit(run), "invariants");
            thread.setDaemon(true);
            thread.start();
            latest = run;
        }
        return latest;
    }

    private void audit(Run run) {
        try (Connection snapshot = snapshots.open()) {
            var auditor = new Auditor(snapshot);
            run.events = auditor.countEvents();
            run.report.complete(auditor.audit(ledger, clock.instant(), true, run.eventsRead::set));
        } catch (Exception | Error failure) {
            run.report.completeExceptionally(failure);
        }
    }

    /** How many violations the last audit found; not a number before the first has ended. */
    synchronized double violations() {
        return latest == null || !latest.report.isDone() || latest.report.isCompletedExceptionally() ? Double.NaN
                : latest.report.join().violations();
    }

    /** Audits, and logs what is violated. */
    void patrol() {
        Run run = current();
        try {
            Report report = run.report.join();
            if (!report.holds()) {
                LOG.error("The store violates invariants (docs/invariants.md)");
                report.text().lines().forEach(line -> LOG.error("{}", line));
            }
        } finally {
            run.markDelivered();
        }
    }
}
