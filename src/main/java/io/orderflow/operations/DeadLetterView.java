package io.orderflow.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that a handler failed on, or that is parked behind such an event.
 *
 * @param group       processing group of the handler
 * @param sequence    what is blocked: the order's id for events about an order
 * @param causeType   null when the event is only parked behind another
 * @param parkedSince UTC
 * @param lastTried   last retry, UTC
 * @param attempts    number of retries
 * @param nextTry     next automatic retry, UTC; null when there is none because another letter comes first
 * @param exhausted   whether it is retried by an operator only
 * @param behind      number of letters of its sequence behind it
 */
record DeadLetterView(String id, String group, String sequence, String eventId, String eventType, JsonNode payload,
        @Nullable String causeType, @Nullable String causeMessage, Instant parkedSince, @Nullable Instant lastTried,
        int attempts, @Nullable Instant nextTry, boolean exhausted, long behind) {
}
