package io.orderflow.shared;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * How long a caller is ready to wait for news, and what is none.
 *
 * @param limit zero to be answered at once
 * @param known the versions of the resource that the caller has already
 * @param over  completes when the caller has to be answered with what is known: the time is up, or the application stops
 */
public record WaitPreference(Duration limit, Set<Long> known, CompletableFuture<Void> over) {

    public WaitPreference {
        known = Set.copyOf(known);
    }

    public boolean isNone() {
        return limit.isZero();
    }

    /** Whether the caller has not seen this yet. */
    public boolean isChanged(Versioned state) {
        return !known.contains(state.version());
    }
}
