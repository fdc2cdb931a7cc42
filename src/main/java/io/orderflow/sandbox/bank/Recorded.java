package io.orderflow.sandbox.bank;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An entry, and whether it is on disk yet. */
record Recorded(Entry entry, CompletableFuture<Void> durable) {

    /** Shorter than clients wait, so that a disk that accepts nothing blocks no threads. */
    private static final long TIMEOUT_SECONDS = 2;

    /** Fails when the entry is not on disk in time: its outcome is unknown until it is looked up. */
    Entry onceDurable() {
        durable.copy().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
        return entry;
    }
}
