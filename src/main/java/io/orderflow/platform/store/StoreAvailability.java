package io.orderflow.platform.store;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store takes what is written to it. One line in the log when an outage begins and one when it is over.
 *
 * <p>An outage of the embedded store begins with a write that fails and ends with the next one that succeeds. One of a
 * server is known by the statements that fail, and is over when none has failed for a while.
 */
final class StoreAvailability implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreAvailability.class);
    /** Longer than the pauses in which processors and scheduled tasks try again at first. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    /** Nothing here is known of the server's disk but what its statements say. */
    private volatile boolean onServer;
    private final List<Consumer<Throwable>> whenLost = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            DaemonThreads.named("store-availability"));
    private Outage outage;

    /**
     * @param unwritable nothing can be written, as far as is known; otherwise only some statements have failed
     * @param broken     it lasts until the application is started again
     * @param seen       when a failure was seen last, of {@link System#nanoTime()}
     */
    private record Outage(long began, Throwable cause, boolean unwritable, boolean broken, long seen, long failures) {

        Outage seenAgain(boolean cannotWrite) {
            return new Outage(began, cause, unwritable || cannotWrite, broken, System.nanoTime(), failures);
        }

        Outage oneMore() {
            return new Outage(began, cause, unwritable, broken, seen, failures + 1);
        }

        Outage forGood() {
            return new Outage(began, cause, true, true, seen, failures);
        }

        boolean isQuiet() {
            return System.nanoTime() - seen > QUIET.toNanos();
        }

        long seconds() {
            return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        }
    }

    /** From now on it is one of a server. */
    void isOnServer() {
        onServer = true;
    }

    /** @param action is given the cause when the embedded store cannot be written any more */
    void whenLost(Consumer<Throwable> action) {
        whenLost.add(action);
    }

    /** A write to the file of the embedded store has failed; said again with each attempt until {@link #regained()}. */
    void lost(Throwable cause) {
        begin(cause, true);
        whenLost.forEach(action -> action.accept(cause));
    }

    void regained() {
        end(false);
    }

    /** What was written may be lost, or the store has closed itself: only a new start finds out what is there. */
    void broken(Throwable cause) {
        begin(cause, true);
        boolean first;
        synchronized (this) {
            first = !outage.broken();
            outage = outage.forGood();
        }
        if (first) {
            LOG.error("The store is broken until the application is started again: {}", reason(cause));
            whenLost.forEach(action -> action.accept(cause));
        }
    }

    /**
     * Statements fail for a reason that lies in the store.
     *
     * @return whether it is so, and the log has been told
     */
    boolean failed(Throwable failure) {
        StoreOutage.Kind kind = StoreOutage.kind(failure);
        if (kind == StoreOutage.Kind.NONE) {
            return false;
        }
        // What was refused in an outage may be logged after its end
        if (ExceptionUtils.findException(failure, UnwritableStoreException.class).isEmpty()) {
            begin(failure, onServer && kind == StoreOutage.Kind.UNWRITABLE);
        }
        synchronized (this) {
            outage = outage == null ? null : outage.oneMore();
        }
        return true;
    }

    private void begin(Throwable cause, boolean unwritable) {
        synchronized (this) {
            if (outage != null) {
                outage = outage.seenAgain(unwritable);
                return;
            }
            outage = new Outage(System.nanoTime(), cause, unwritable, false, System.nanoTime(), 0);
        }
        LOG.warn("The store is away or cannot be written; requests are answered 503, and further failures are not"
                + " logged, until it is back: {}", reason(cause));
        clock.schedule(this::endWhenQuiet, QUIET.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void endWhenQuiet() {
        if (!end(true)) {
            clock.schedule(this::endWhenQuiet, 1, TimeUnit.SECONDS);
        }
    }

    /** @return whether there is none any more */
    private boolean end(boolean onlyIfQuiet) {
        Outage over;
        synchronized (this) {
            over = outage;
            if (over == null) {
                return true;
            }
            if (over.broken() || onlyIfQuiet && !over.isQuiet()) {
                return false;
            }
            outage = null;
        }
        LOG.info("The store is back after {} s; {} failures were not logged", over.seconds(), over.failures());
        return true;
    }

    /** Why nothing can be written now. */
    synchronized Optional<Throwable> unwritable() {
        return outage != null && outage.unwritable() ? Optional.of(outage.cause()) : Optional.empty();
    }

    synchronized boolean isOngoing() {
        return outage != null;
    }

    synchronized boolean isBroken() {
        return outage != null && outage.broken();
    }

    static String reason(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage().lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
