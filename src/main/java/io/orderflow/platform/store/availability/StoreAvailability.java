package io.orderflow.platform.store.availability;

import io.orderflow.platform.spi.DaemonThreads;
import io.orderflow.platform.spi.StoreOutage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.axonframework.common.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the store accepts writes. Logs one line when an outage begins and one when it ends.
 *
 * <p>An outage of the embedded store begins with a write to its file that fails and ends with the next that succeeds.
 * An outage of a database server is inferred from statements that fail, and ends when none has failed for ten seconds.
 */
public final class StoreAvailability implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreAvailability.class);
    /** Longer than the first pauses after which processors and scheduled tasks retry. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final List<Consumer<Throwable>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            DaemonThreads.named("store-availability"));
    private volatile boolean onServer;
    private @Nullable Outage outage;

    /** Guarded by the monitor of the enclosing object. */
    private static final class Outage {

        private final Throwable cause;
        private final long began = System.nanoTime();
        private long lastFailure = began;
        private long failuresNotLogged;
        /** Nothing can be written, as far as is known; otherwise only some statements have failed. */
        private boolean unwritable;
        /** Lasts until the application is restarted. */
        private boolean broken;

        private Outage(Throwable cause) {
            this.cause = cause;
        }
    }

    public StoreAvailability() {
        timer.scheduleWithFixedDelay(() -> end(QUIET), 1, 1, TimeUnit.SECONDS);
    }

    /** The store is a database server: only its errors tell that it cannot be written. */
    public void setOnServer() {
        onServer = true;
    }

    /** @param listener receives the cause of each failed write to the embedded store */
    public void onUnwritable(Consumer<Throwable> listener) {
        listeners.add(listener);
    }

    /** A write to the file of the embedded store has failed. Called for each attempt until {@link #regained()}. */
    public void lost(Throwable cause) {
        begin(cause, true, false);
        listeners.forEach(listener -> listener.accept(cause));
    }

    public void regained() {
        end(Duration.ZERO);
    }

    /** Written data may be lost, or H2 has closed the store: only a restart shows what is stored. */
    public void broken(Throwable cause) {
        if (begin(cause, true, true)) {
            LOG.error("The store is broken until the application is restarted: {}", reason(cause));
            listeners.forEach(listener -> listener.accept(cause));
        }
    }

    /**
     * Records a failure if it is part of an outage.
     *
     * @return whether it is; the outage itself is logged, so the failure need not be
     */
    public boolean failed(Throwable failure) {
        StoreOutage.Kind kind = StoreOutage.kind(failure);
        if (kind == StoreOutage.Kind.NONE || kind == StoreOutage.Kind.STATEMENT) {
            return false;
        }
        // A statement refused during an outage may be logged after its end and must not begin another one
        if (ExceptionUtils.findException(failure, UnwritableStoreException.class).isEmpty()) {
            begin(failure, onServer && kind == StoreOutage.Kind.UNWRITABLE, false);
        }
        synchronized (this) {
            if (outage != null) {
                outage.failuresNotLogged++;
            }
        }
        return true;
    }

    /**
     * Logs outside the monitor, which every statement needs: the log may be on the same blocked disk.
     *
     * @return whether the store has become broken by this call
     */
    private boolean begin(Throwable cause, boolean unwritable, boolean broken) {
        boolean isFirst;
        boolean becameBroken;
        synchronized (this) {
            isFirst = outage == null;
            if (isFirst) {
                outage = new Outage(cause);
            }
            becameBroken = broken && !outage.broken;
            outage.unwritable |= unwritable;
            outage.broken |= broken;
            outage.lastFailure = System.nanoTime();
        }
        if (isFirst) {
            LOG.warn("The store is unavailable; until it is back, requests are answered 503 and further failures are"
                    + " not logged: {}", reason(cause));
        }
        return becameBroken;
    }

    private void end(Duration quietFor) {
        long now = System.nanoTime();
        Outage over;
        synchronized (this) {
            if (outage == null || outage.broken || now - outage.lastFailure < quietFor.toNanos()) {
                return;
            }
            over = outage;
            outage = null;
        }
        LOG.info("The store is back after {} s; {} failures were not logged",
                TimeUnit.NANOSECONDS.toSeconds(now - over.began), over.failuresNotLogged);
    }

    /** The reason why nothing can be written now; empty while the store is writable. */
    public synchronized Optional<Throwable> unwritable() {
        return outage != null && outage.unwritable ? Optional.of(outage.cause) : Optional.empty();
    }

    public boolean isWritable() {
        return unwritable().isEmpty();
    }

    synchronized boolean isOngoing() {
        return outage != null;
    }

    public synchronized boolean isBroken() {
        return outage != null && outage.broken;
    }

    /** The message of the root cause, one line. */
    public static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName()
                : root.getMessage().lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
