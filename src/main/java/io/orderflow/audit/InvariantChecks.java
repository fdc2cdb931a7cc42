package io.orderflow.audit;

import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Audits of the running store, one at a time: whoever asks meanwhile is told of the one that is under way. */
class InvariantChecks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InvariantChecks.class);

    private final Auditor auditor;
    private final Snapshots snapshots;
    private final Auditor.Ledgers ledgers;
    private final Clock clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        var daemon = new Thread(task, "invariants");
        daemon.setDaemon(true);
        return daemon;
    });
    private Check latest;

    /** An audit that runs or has run. */
    static final class Check {

        private final CompletableFuture<Report> report = new CompletableFuture<>();
        private final AtomicLong read = new AtomicLong();
        private final Instant started;
        private volatile long events = -1;
        private boolean told;

        private Check(Instant started) {
            this.started = started;
        }

        CompletableFuture<Report> report() {
            return report;
        }

        Progress progress() {
            return new Progress("running", started, read.get(), events < 0 ? null : events);
        }
    }

    /**
     * How far an audit has come.
     *
     * @param events how many there are to read; null when that is not known yet
     */
    record Progress(String status, Instant startedAt, long eventsRead, Long events) {
    }

    InvariantChecks(Auditor auditor, Snapshots snapshots, Auditor.Ledgers ledgers, Clock clock) {
        this.auditor = auditor;
        this.snapshots = snapshots;
        this.ledgers = ledgers;
        this.clock = clock;
    }

    /** The audit under way, or one that nobody has been told the end of, or a new one. */
    synchronized Check current() {
        boolean over = latest == null || latest.report.isDone() && latest.told;
        if (over) {
            latest = new Check(clock.instant());
            var check = latest;
            thread.execute(() -> run(check));
        }
        return latest;
    }

    synchronized void told(Check check) {
        check.told = true;
    }

    /** How many violations the last audit found; not a number before the first has ended. */
    synchronized double violations() {
        return latest == null || !latest.report.isDone() || latest.report.isCompletedExceptionally() ? Double.NaN
                : latest.report.join().violations();
    }

    /** Audits when nobody asks, and says in the log what is violated. */
    void patrol() {
        Check check = current();
        try {
            Report report = check.report().join();
            if (!report.holds()) {
                LOG.error("The store is not as it must be (docs/invariants.md)");
                report.text().lines().forEach(line -> LOG.error("{}", line));
            }
        } finally {
            told(check);
        }
    }

    private void run(Check check) {
        try (Connection snapshot = snapshots.open()) {
            check.events = new RawStore(snapshot).countEvents();
            check.report.complete(auditor.audit(snapshot, ledgers, clock.instant(), true, check.read::set));
        } catch (Exception | Error failure) {
            check.report.completeExceptionally(failure);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
