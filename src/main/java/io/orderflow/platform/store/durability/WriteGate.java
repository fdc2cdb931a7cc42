package io.orderflow.platform.store.durability;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets H2's file be written only while no statement runs.
 *
 * <p>H2 collects its changes table by table. A concurrent statement can get its row into the file without the undo
 * entry of its transaction, and a crash would then leave half of a transaction (docs/adr/0008).
 *
 * <p>While the disk accepts no writes, nothing is collected and the gate lets statements pass: transactions in progress
 * have to end.
 */
final class WriteGate {

    /** How long a flush may hold statements back; a running statement may wait for a lock that one of them releases. */
    private static final long BARRIER_MILLIS = 20;
    /** The same for a flush that cannot be postponed: longer than any statement waits for a lock. */
    private static final long URGENT_BARRIER_MILLIS = 20_000;
    private static final long PAUSE_MILLIS = 1;
    private static final long CHECK_DISK_MILLIS = 50;

    private final BooleanSupplier diskBlocked;
    private int running;
    private boolean closed;
    private boolean flushing;
    /** Whoever waits when the gate opens may pass, also when it has closed again before that thread could run. */
    private long openings;

    /** @param diskBlocked whether writes to the file are failing and being repeated */
    WriteGate(BooleanSupplier diskBlocked) {
        this.diskBlocked = diskBlocked;
    }

    /** A statement, with its checked exceptions. */
    @FunctionalInterface
    interface Call<R, E extends Exception> {

        R run() throws E;
    }

    /** Runs a statement that writes, concurrently with others. */
    <R, E extends Exception> R pass(Call<R, E> statement) throws E {
        enter();
        try {
            return statement.run();
        } finally {
            leave();
        }
    }

    private synchronized void enter() {
        boolean interrupted = false;
        long seen = openings;
        while (closed && (flushing || openings == seen) && !diskBlocked.getAsBoolean()) {
            try {
                wait(CHECK_DISK_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        running++;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void leave() {
        if (--running == 0) {
            notifyAll();
        }
    }

    /**
     * Runs a flush while no statement runs.
     *
     * @param urgent whether statements are held back as long as it takes
     */
    void close(Runnable flush, BooleanSupplier urgent) throws InterruptedException {
        try {
            while (!holdBack(urgent.getAsBoolean() ? URGENT_BARRIER_MILLIS : BARRIER_MILLIS)) {
                open();
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            flush.run();
        } finally {
            open();
        }
    }

    /** @return whether all statements have ended */
    private synchronized boolean holdBack(long millis) throws InterruptedException {
        closed = true;
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = until - System.nanoTime(); running > 0 && left > 0; left = until - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        flushing = running == 0;
        return flushing;
    }

    private synchronized void open() {
        closed = false;
        flushing = false;
        openings++;
        notifyAll();
    }
}
