package io.orderflow.platform.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;

/**
 * Lets H2's file be written only between two statements of everybody.
 *
 * <p>H2 collects what it writes table by table. A statement that runs meanwhile can get its row into the file without the
 * entry that would undo it, and a crash then leaves half of a transaction (docs/adr/0008).
 */
final class WriteGate {

    /** How long statements are held back for the sake of a flush; one that waits for a lock of another needs that one. */
    private static final long BARRIER_MILLIS = 20;
    /** The same when the flush cannot wait: longer than any statement waits for a lock. */
    private static final long URGENT_BARRIER_MILLIS = 20_000;
    private static final long PAUSE_MILLIS = 1;

    private final ReadWriteLock gate = new ReentrantReadWriteLock();

    /** Work that may fail. */
    @FunctionalInterface
    interface Call<R, E extends Exception> {

        R run() throws E;
    }

    /** Runs a statement that writes, beside any others. */
    <R, E extends Exception> R pass(Call<R, E> statement) throws E {
        gate.readLock().lock();
        try {
            return statement.run();
        } finally {
            gate.readLock().unlock();
        }
    }

    /**
     * Runs while no statement does.
     *
     * @param urgent whether statements have to wait for as long as it takes
     */
    void close(Runnable flush, BooleanSupplier urgent) throws InterruptedException {
        while (!gate.writeLock().tryLock(urgent.getAsBoolean() ? URGENT_BARRIER_MILLIS : BARRIER_MILLIS,
                TimeUnit.MILLISECONDS)) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        try {
            flush.run();
        } finally {
            gate.writeLock().unlock();
        }
    }
}
