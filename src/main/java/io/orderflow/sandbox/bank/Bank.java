package io.orderflow.sandbox.bank;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Decides each operation once per idempotency key, settles open ones when due, and reveals only what is on disk. */
public final class Bank implements AutoCloseable {

    private static final CompletableFuture<Void> ON_DISK = CompletableFuture.completedFuture(null);

    private final Accounts accounts;
    private final Ledger ledger;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            new CustomizableThreadFactory("sandbox-bank-"));

    /** The first outcome under a key, and whether this call brought it about. */
    public record Performed(Entry entry, boolean fresh) { }

    /** @param listener receives every fact once it is on disk, and after a restart those of the past again */
    public Bank(Path ledgerFile, Timing timing, Consumer<Entry> listener) throws IOException {
        this.accounts = new Accounts(timing);
        this.ledger = Ledger.open(ledgerFile, entry -> {
            accounts.enter(new Recorded(entry, ON_DISK));
            listener.accept(entry);
        }, listener);
        accounts.operations().stream().map(Recorded::entry).filter(Entry::isOpen).forEach(this::settleWhenDue);
    }

    /** Performs the request unless its key was used before, for this request or another. */
    public Performed perform(String key, Request request) {
        Optional<Recorded> known;
        Recorded recorded;
        // Deciding and appending share the lock, so that lines are in the order of decisions.
        synchronized (this) {
            known = accounts.operation(key);
            recorded = known.orElseGet(() -> withConsequence(write(accounts.decide(key, request))));
        }
        return new Performed(recorded.onceDurable(), known.isEmpty());
    }

    public Optional<Entry> find(String key) {
        return durable(() -> accounts.operation(key));
    }

    /**
     * The latest fact of each operation, in the order in which the operations began.
     *
     * @param after an operation to begin behind
     * @param since leaves out earlier facts
     */
    public List<Entry> entries(@Nullable String after, @Nullable Instant since, int limit) {
        List<Recorded> all;
        synchronized (this) {
            all = accounts.operations();
        }
        var page = all.stream();
        if (after != null) {
            page = page.dropWhile(recorded -> !recorded.entry().operationId().equals(after)).skip(1);
        }
        return page.filter(recorded -> since == null || !recorded.entry().at().isBefore(since)).limit(limit)
                .map(Recorded::onceDurable).toList();
    }

    /** The state of an authorization that challenges, or challenged, its customer. */
    public Optional<Entry> challenge(String authorizationId) {
        return durable(() -> accounts.challenged(authorizationId));
    }

    /** Settles a challenge unless it is settled already, and returns its state. */
    public Optional<Entry> answerChallenge(String authorizationId, Decision answer) {
        return durable(() -> accounts.challenged(authorizationId).map(challenged -> challenged.entry().isOpen()
                ? write(accounts.answered(challenged.entry(), answer)) : challenged));
    }

    /** Looks up under the lock, and waits for the disk outside of it. */
    private Optional<Entry> durable(Supplier<Optional<Recorded>> lookUp) {
        Optional<Recorded> recorded;
        synchronized (this) {
            recorded = lookUp.get();
        }
        return recorded.map(Recorded::onceDurable);
    }

    private Recorded write(Entry entry) {
        var recorded = accounts.enter(new Recorded(entry, ledger.append(entry)));
        if (entry.isOpen()) {
            settleWhenDue(entry);
        }
        return recorded;
    }

    /** A void also settles an open authorization; lines reach the disk in order, so the later one stands for both. */
    private Recorded withConsequence(Recorded recorded) {
        return accounts.cancelled(recorded.entry().authorizationId()).map(accounts::settled).map(this::write)
                .map(consequence -> new Recorded(recorded.entry(), consequence.durable())).orElse(recorded);
    }

    private void settleWhenDue(Entry open) {
        // A crash may have kept the void and lost its consequence.
        var cancelled = accounts.cancelled(open.authorizationId()).isPresent();
        var wait = cancelled ? Duration.ZERO : Duration.between(Instant.now(), open.due());
        timer.schedule(() -> settle(open.operationId()), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void settle(String operationId) {
        accounts.operation(operationId).map(Recorded::entry).filter(Entry::isOpen).map(accounts::settled)
                .ifPresent(this::write);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        ledger.close();
    }
}
