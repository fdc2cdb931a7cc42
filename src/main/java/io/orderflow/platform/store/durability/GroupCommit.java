package io.orderflow.platform.store.durability;

import io.orderflow.platform.spi.DaemonThreads;
import io.orderflow.platform.spi.Durability;
import io.orderflow.platform.store.availability.StoreAvailability;
import io.orderflow.platform.store.availability.UnwritableStoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * One flush to disk for all waiting callers (docs/adr/0008).
 *
 * <p>A caller that arrives during a flush waits for the next one, because its commit may be too late for the current.
 */
final class GroupCommit implements Durability, AutoCloseable {

    private static final long TIMEOUT_SECONDS = 20;
    /** Commits that no caller waits for reach the disk soon as well. */
    private static final long BACKGROUND_FLUSH_MILLIS = 200;
    private static final long CHECK_DISK_MILLIS = 100;

    private final Flush flush;
    private final StoreAvailability availability;
    private final ScheduledExecutorService flusher = Executors.newSingleThreadScheduledExecutor(
            DaemonThreads.named("group-commit"));
    private @Nullable CompletableFuture<@Nullable Void> waiting;
    private CompletableFuture<@Nullable Void> flushing = new CompletableFuture<>();

    /** Writes everything that is committed to disk. */
    @FunctionalInterface
    interface Flush {

        void run() throws Exception;

        /** Makes a {@link #run()} that waits for the disk fail. */
        default void giveUp() {
        }
    }

    GroupCommit(Flush flush, StoreAvailability availability) {
        this.flush = flush;
        this.availability = availability;
        availability.onUnwritable(this::refuse);
        flusher.scheduleWithFixedDelay(this::flush, BACKGROUND_FLUSH_MILLIS, BACKGROUND_FLUSH_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void awaitDurable() {
        try {
            join().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new TransientDataAccessResourceException("The store cannot be written", e.getCause());
        } catch (TimeoutException e) {
            throw new TransientDataAccessResourceException("The store was not written in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientDataAccessResourceException("Interrupted before the store was written", e);
        }
    }

    private synchronized CompletableFuture<@Nullable Void> join() {
        if (flusher.isShutdown()) {
            throw new TransientDataAccessResourceException("The store is being closed");
        }
        var cause = availability.unwritable();
        if (cause.isPresent()) {
            return CompletableFuture.failedFuture(new UnwritableStoreException(cause.get()));
        }
        if (waiting == null) {
            waiting = new CompletableFuture<>();
            flusher.execute(this::flush);
        }
        return waiting;
    }

    private void flush() {
        var group = nextGroup();
        try {
            flush.run();
            group.complete(null);
        } catch (Exception | Error failure) {
            group.completeExceptionally(failure);
        }
    }

    private synchronized CompletableFuture<@Nullable Void> nextGroup() {
        flushing = waiting == null ? new CompletableFuture<>() : waiting;
        waiting = null;
        return flushing;
    }

    /** Fails all waiting callers at once: the outage of the disk may last. */
    private synchronized void refuse(Throwable cause) {
        var refusal = new UnwritableStoreException(cause);
        flushing.completeExceptionally(refusal);
        nextGroup().completeExceptionally(refusal);
    }

    /** Completes the flush that callers wait for; gives up when the disk accepts no writes. */
    @Override
    public void close() throws InterruptedException {
        synchronized (this) {
            flusher.shutdown();
        }
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        boolean ended;
        do {
            ended = flusher.awaitTermination(CHECK_DISK_MILLIS, TimeUnit.MILLISECONDS);
        } while (!ended && System.nanoTime() < until && availability.isWritable());
        flush.giveUp();
        flusher.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
