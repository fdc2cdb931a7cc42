package io.orderflow.sandbox;

import java.util.concurrent.CompletableFuture;

/** An entry on its way to the disk. */
record Recorded(Entry entry, CompletableFuture<Void> durable) {

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    static Recorded replayed(Entry entry) {
        return new Recorded(entry, DONE);
    }

    /** Fails when the disk did: then nobody knows, and only a restart can tell. */
    Entry onceDurable() {
        durable.join();
        return entry;
    }

    /** Lines reach the disk in order, so that the later one stands for both. */
    Recorded togetherWith(Recorded later) {
        return new Recorded(entry, later.durable());
    }
}
