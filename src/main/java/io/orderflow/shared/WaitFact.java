package io.orderflow.shared;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A fact after which an order may wait for something else than before. */
public interface WaitFact extends OrderFact {

    /**
     * What the order waits for after it; null for nothing.
     *
     * @param before what it waited for until then
     * @param at     when it happened, UTC
     */
    @Nullable WaitingOn waitingOn(@Nullable WaitingOn before, Instant at);
}
