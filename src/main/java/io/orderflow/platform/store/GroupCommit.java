package io.orderflow.platform.store;

import io.orderflow.platform.spi.Durability;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * One write to the disk for all who wait for one (docs/adr/0008).
 *
 * <p>A single thread flushes as long as anybody waits. Who comes while it flushes waits for the next flush, because what
 * he committed may have come too late for this one.
 */
final class GroupCommit implements Durability, AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;
    /** So that also what nobody waits for gets to the disk soon. */
    private static final long LONGEST_PAUSE_MILLIS = 200;

    private static final long LOOK_MILLIS = 100;

    private final Flush flush;
    private final StoreAvailability availability;
    private final Thread flusher = new Thread(this::flushWhileAnybodyWaits, "group-commit");
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private CompletableFuture<Void> running = new CompletableFuture<>();
    private CompletableFuture<Void> next = new CompletableFuture<>();
    private boolean awaited;
    private boolean closed;

    /** Brings everything that is committed to the disk. */
    @FunctionalInterface
    interface Flush {

        void run() throws Exception;

        /** Has a {@link #run()} that waits for the disk fail. */
        default void giveUp() {
        }
    }

    private GroupCommit(Flush flush, StoreAvailability availability) {
        this.flush = flush;
        this.availability = availability;
    }

    static GroupCommit start(Flush flush, StoreAvailability availability) {
        var group = new GroupCommit(flush, availability);
        availability.whenLost(group::refuse);
        group.flusher.setDaemon(true);
        group.flusher.start();
        return group;
    }

    @Override
    public void awaitDurable() {
        try {
            join().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new TransientDataAccessResourceException("The store cannot be written", e.getCause());
        } catch (TimeoutException e) {
            throw new TransientDataAccessResourceException("The store was not written in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientDataAccessResourceException("Interrupted before the store was written", e);
        }
    }

    private CompletableFuture<Void> join() {
        lock.lock();
        try {
            if (closed) {
                throw new TransientDataAccessResourceException("The store is being closed");
            }
            var cause = availability.unwritable();
            if (cause.isPresent()) {
                return CompletableFuture.failedFuture(new UnwritableStoreException(cause.get()));
            }
            awaited = true;
            news.signal();
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Those who wait are told at once: nobody knows how long the disk will not be written. */
    private void refuse(Throwable cause) {
        lock.lock();
        try {
            var refusal = new UnwritableStoreException(cause);
            running.completeExceptionally(refusal);
            next.completeExceptionally(refusal);
            next = new CompletableFuture<>();
        } finally {
            lock.unlock();
        }
    }

    private void flushWhileAnybodyWaits() {
        for (var group = nextGroup(); group != null; group = nextGroup()) {
            try {
                flush.run();
                group.complete(null);
            } catch (Exception | Error failure) {
                group.completeExceptionally(failure);
            }
        }
    }

    /** Waits until there is somebody to flush for, but not long; null when there will be nobody any more. */
    private CompletableFuture<Void> nextGroup() {
        lock.lock();
        try {
            if (!awaited && !closed) {
                pause();
            }
            var group = awaited || !closed ? next : null;
            running = next;
            next = new CompletableFuture<>();
            awaited = false;
            return group;
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        try {
            news.await(LONGEST_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // nobody interrupts this thread: what it does must not be broken off
        }
    }

    /** Flushes once more, for those who wait already, and returns when that is done, or cannot be. */
    @Override
    public void close() throws InterruptedException {
        lock.lock();
        try {
            closed = true;
            news.signal();
        } finally {
            lock.unlock();
        }
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (flusher.isAlive() && System.nanoTime() < until && availability.unwritable().isEmpty()) {
            flusher.join(LOOK_MILLIS);
        }
        flush.giveUp();
        flusher.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    }
}
