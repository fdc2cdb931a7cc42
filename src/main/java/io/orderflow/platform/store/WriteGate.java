package io.orderflow.platform.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;

/**
 * Lets H2's file be written only between two statements of everybody.
 *
 * <p>H2 collects what it writes table by table. A statement that runs meanwhile can get its row into the file without the
 * entry that would undo it, and a crash then leaves half of a transaction (docs/adr/0008).
 *
 * <p>While a write waits for a disk that does not take it, nothing is collected, and what has to end passes by: a
 * transaction could not be rolled back otherwise.
 */
final class WriteGate {

    /** How long statements are held back for the sake of a flush; one that waits for a lock of another needs that one. */
    private static final long BARRIER_MILLIS = 20;
    /** The same when the flush cannot wait: longer than any statement waits for a lock. */
    private static final long URGENT_BARRIER_MILLIS = 20_000;
    private static final long PAUSE_MILLIS = 1;

    private static final long LOOK_MILLIS = 50;

    private final ReadWriteLock gate = new ReentrantReadWriteLock();
    private final AtomicInteger passingBy = new AtomicInteger();
    private final BooleanSupplier waitsForDisk;

    /** @param waitsForDisk whether the write for which the gate is closed has to wait */
    WriteGate(BooleanSupplier waitsForDisk) {
        this.waitsForDisk = waitsForDisk;
    }

    /** Work that may fail. */
    @FunctionalInterface
    interface Call<R, E extends Exception> {

        R run() throws E;
    }

    /** Runs a statement that writes, beside any others. */
    <R, E extends Exception> R pass(Call<R, E> statement) throws E {
        boolean entered = enter();
        try {
            return statement.run();
        } finally {
            if (entered) {
                gate.readLock().unlock();
            } else {
                passingBy.decrementAndGet();
            }
        }
    }

    /** @return false when it has to pass by, and was counted */
    private boolean enter() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (gate.readLock().tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                        return true;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                passingBy.incrementAndGet();
                if (waitsForDisk.getAsBoolean()) {
                    return false;
                }
                passingBy.decrementAndGet();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
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
            while (passingBy.get() > 0) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            flush.run();
        } finally {
            gate.writeLock().unlock();
        }
    }
}
