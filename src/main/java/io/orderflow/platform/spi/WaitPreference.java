package io.orderflow.platform.spi;

import io.orderflow.shared.Versioned;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * How long a request may wait for a change of a resource.
 *
 * @param limit zero to answer at once
 * @param known the versions of the resource that the caller has
 * @param over  completes when the request must be answered with the present state: at the limit, or when the
 *              application stops
 */
public record WaitPreference(Duration limit, Set<Long> known, CompletableFuture<Void> over) {

    public WaitPreference {
        known = Set.copyOf(known);
    }

    public boolean isNone() {
        return limit.isZero();
    }

    /** Whether the caller does not have this version. */
    public boolean isChanged(Versioned state) {
        return !known.contains(state.version());
    }
}
