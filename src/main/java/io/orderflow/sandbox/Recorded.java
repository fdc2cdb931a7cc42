package io.orderflow.sandbox;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An entry on its way to the disk. */
record Recorded(Entry entry, CompletableFuture<Void> durable) {

    /** Shorter than whoever asks waits, so that a disk that takes nothing keeps no threads. */
    private static final long PATIENCE_SECONDS = 2;

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    static Recorded replayed(Entry entry) {
        return new Recorded(entry, DONE);
    }

    /** Fails when the disk has not taken it in time: then nobody knows, until somebody looks it up. */
    Entry onceDurable() {
        durable.copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        return entry;
    }

    /** Lines reach the disk in order, so that the later one stands for both. */
    Recorded togetherWith(Recorded later) {
        return new Recorded(entry, later.durable());
    }
}
