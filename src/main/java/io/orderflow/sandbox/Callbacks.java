package io.orderflow.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Calls the receiver back for every fact until he takes it, or for an hour; the adversary may loosen this. */
final class Callbacks implements AutoCloseable {

    private static final int THREADS = 4;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(5);

    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(THREADS, Callbacks::daemon);
    /** Waits until another one has overtaken it. */
    private final Queue<Callback> held = new ConcurrentLinkedQueue<>();
    private final WebhookSender postman;
    private final DeliveryLog log;
    private final FaultInjector adversary;

    Callbacks(Receiver receiver, Path ledgerFile, FaultInjector adversary) throws IOException {
        this.postman = new WebhookSender(receiver);
        this.log = DeliveryLog.beside(ledgerFile, Instant.now().minus(PATIENCE));
        this.adversary = adversary;
    }

    /** Delivery begins soon, here and now nothing waits for it; a fact that was delivered or given up is ignored. */
    void announce(Entry entry) {
        if (isTooOld(entry.at())) {
            return;
        }
        var callback = Callback.of(entry);
        if (!log.knows(callback)) {
            entrust(callback);
        }
    }

    private void entrust(Callback callback) {
        var mischief = adversary.onCallback();
        if (mischief.lost()) {
            log.done(callback);
            return;
        }
        if (mischief.doubled()) {
            deliverAfter(mischief.copyDelay(), callback);
        }
        if (mischief.overtaken()) {
            held.add(callback);
            after(LONGEST_HOLD, () -> release(callback));
        } else {
            deliverAfter(mischief.delay(), callback);
        }
    }

    private void deliverAfter(Duration delay, Callback callback) {
        after(delay, () -> deliver(callback, FIRST_PAUSE));
    }

    private void deliver(Callback callback, Duration pause) {
        try {
            if (postman.delivers(callback)) {
                log.done(callback);
            } else if (!isTooOld(callback.createdAt())) {
                after(pause, () -> deliver(callback, shorter(pause.multipliedBy(2), LONGEST_PAUSE)));
            } else {
                System.getLogger(Callbacks.class.getName()).log(System.Logger.Level.WARNING,
                        "Nobody took the callback {0} of {1}", callback.id(), callback.operationId());
            }
        } catch (InterruptedException e) {
            // The gateway closes; its next start tries again.
            Thread.currentThread().interrupt();
            return;
        }
        var overtaken = held.peek();
        if (overtaken != null) {
            release(overtaken);
        }
    }

    private void release(Callback callback) {
        if (held.remove(callback)) {
            deliverAfter(Duration.ZERO, callback);
        }
    }

    private void after(Duration delay, Runnable task) {
        threads.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static boolean isTooOld(Instant createdAt) {
        return createdAt.plus(PATIENCE).isBefore(Instant.now());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
            log.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "sandbox-callbacks");
        thread.setDaemon(true);
        return thread;
    }
}
