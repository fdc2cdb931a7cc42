package io.orderflow.sandbox.callback;

import io.orderflow.sandbox.bank.Entry;
import io.orderflow.sandbox.fault.FaultInjector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Posts every fact to the receiver until it is accepted, or for an hour, with the faults of the fault injector. */
public final class Callbacks implements AutoCloseable {

    private static final int THREADS = 4;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration GIVE_UP_AFTER = Duration.ofHours(1);
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(5);

    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(THREADS,
            new CustomizableThreadFactory("sandbox-callbacks-"));
    /** Held back until another callback was delivered. */
    private final Queue<Callback> held = new ConcurrentLinkedQueue<>();
    private final CallbackReceiver receiver;
    private final DeliveryLog log;
    private final FaultInjector injector;

    public Callbacks(CallbackReceiver receiver, Path ledgerFile, FaultInjector injector) throws IOException {
        this.receiver = receiver;
        this.log = new DeliveryLog(ledgerFile, Instant.now().minus(GIVE_UP_AFTER));
        this.injector = injector;
    }

    /** Schedules the delivery of a fact unless it was delivered before. */
    public void announce(Entry entry) {
        if (isTooOld(entry.at())) {
            return;
        }
        var callback = Callback.of(entry);
        if (!log.contains(callback)) {
            schedule(callback);
        }
    }

    private void schedule(Callback callback) {
        var faults = injector.onCallback();
        if (faults.lost()) {
            log.add(callback);
            return;
        }
        if (faults.doubled()) {
            deliverAfter(faults.delayOfCopy(), callback, FIRST_PAUSE);
        }
        if (faults.overtaken()) {
            held.add(callback);
            after(LONGEST_HOLD, () -> release(callback));
        } else {
            deliverAfter(faults.delay(), callback, FIRST_PAUSE);
        }
    }

    private void deliverAfter(Duration delay, Callback callback, Duration nextPause) {
        after(delay, () -> deliver(callback, nextPause));
    }

    private void deliver(Callback callback, Duration pause) {
        try {
            if (receiver.accepts(callback)) {
                log.add(callback);
            } else if (!isTooOld(callback.createdAt())) {
                var doubled = pause.multipliedBy(2);
                deliverAfter(pause, callback, doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE);
            } else {
                System.getLogger(Callbacks.class.getName()).log(System.Logger.Level.WARNING,
                        "The callback {0} of {1} was not accepted within " + GIVE_UP_AFTER, callback.id(),
                        callback.operationId());
            }
        } catch (InterruptedException e) {
            // The gateway is closing; it tries again after its next start.
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
            deliverAfter(Duration.ZERO, callback, FIRST_PAUSE);
        }
    }

    private void after(Duration delay, Runnable task) {
        threads.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static boolean isTooOld(Instant createdAt) {
        return createdAt.plus(GIVE_UP_AFTER).isBefore(Instant.now());
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
