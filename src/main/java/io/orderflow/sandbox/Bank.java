package io.orderflow.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Settles each operation, once per idempotency key, at once or when its time comes, and tells only what is durable. */
final class Bank implements AutoCloseable {

    private final LedgerState books = new LedgerState();
    private final OperationDecider judge;
    private final Consumer<Entry> audience;
    private final Ledger ledger;
    private final ScheduledExecutorService timer;

    /** The audience hears every fact once it is durable, and those of the past again. */
    Bank(Path ledgerFile, Timing timing, Consumer<Entry> audience) throws IOException {
        this.judge = new OperationDecider(books, timing);
        this.audience = audience;
        this.ledger = Ledger.open(ledgerFile, entry -> {
            books.enter(Recorded.replayed(entry));
            audience.accept(entry);
        });
        this.timer = Executors.newSingleThreadScheduledExecutor(Bank::daemon);
        books.operations().stream().map(Recorded::entry).filter(Entry::open).forEach(this::settleInTime);
    }

    /** Does what is asked unless this key was used before; either way the outcome is on disk when this returns. */
    Performed perform(String key, Request request) {
        Recorded recorded;
        boolean fresh;
        // Deciding and queueing share the lock, so the ledger's order is the order of the decisions; waiting for the disk does not.
        synchronized (this) {
            var known = books.operation(key);
            fresh = known.isEmpty();
            recorded = fresh ? withConsequence(write(judge.decide(key, request))) : known.get();
        }
        if (!fresh && !recorded.entry().answers(request)) {
            throw new ApiError(422, "idempotency_key_reused", "This key was used for another request");
        }
        return new Performed(recorded.onceDurable(), fresh);
    }

    Optional<Entry> find(String key) {
        Optional<Recorded> recorded;
        synchronized (this) {
            recorded = books.operation(key);
        }
        return recorded.map(Recorded::onceDurable);
    }

    /** The latest fact of each operation, in the order in which they began. */
    List<Entry> entries(Page page) {
        List<Recorded> all;
        synchronized (this) {
            all = books.operations();
        }
        return page.of(all).stream().map(Recorded::onceDurable).toList();
    }

    /** How an authorization stands that challenged its customer; empty when there is none. */
    Optional<Entry> challenge(String authorizationId) {
        Optional<Recorded> recorded;
        synchronized (this) {
            recorded = books.challenged(authorizationId);
        }
        return recorded.map(Recorded::onceDurable);
    }

    /** The first answer in time holds; what holds is on disk when this returns. */
    Optional<Entry> answerChallenge(String authorizationId, Decision answer) {
        Optional<Recorded> recorded;
        synchronized (this) {
            recorded = books.challenged(authorizationId).map(challenged -> challenged.entry().open()
                    ? write(judge.answered(challenged.entry(), answer)) : challenged);
        }
        return recorded.map(Recorded::onceDurable);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        ledger.close();
    }

    private Recorded write(Entry entry) {
        var recorded = books.enter(new Recorded(entry, ledger.append(entry)));
        recorded.durable().thenRun(() -> audience.accept(entry));
        if (entry.open()) {
            settleInTime(entry);
        }
        return recorded;
    }

    /** A void ends an authorization that is still open, and is answered when both are on disk. */
    private Recorded withConsequence(Recorded recorded) {
        return books.cancelled(recorded.entry().authorizationId())
                .map(open -> recorded.togetherWith(write(judge.inTheEnd(open)))).orElse(recorded);
    }

    private void settleInTime(Entry open) {
        // A crash may have kept the void and lost its consequence.
        var overdue = books.cancelled(open.authorizationId()).isPresent();
        var wait = overdue ? Duration.ZERO : Duration.between(Instant.now(), open.due());
        timer.schedule(() -> settle(open.operationId()), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void settle(String operationId) {
        books.operation(operationId).map(Recorded::entry).filter(Entry::open)
                .ifPresent(open -> write(judge.inTheEnd(open)));
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "sandbox-bank");
        thread.setDaemon(true);
        return thread;
    }

    /** An outcome, and whether this very call brought it about. */
    record Performed(Entry entry, boolean fresh) { }
}
