package io.orderflow.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * An event that a group could not handle, or that is parked behind such a one.
 *
 * @param group       the processing group whose handler failed
 * @param sequence    what is held up: the order's id where the event concerns an order
 * @param causeType   null when it was never tried, because one before it failed
 * @param parkedSince UTC
 * @param lastTried   UTC; null when it was not tried again since it was parked
 * @param attempts    how often it was tried again
 * @param nextTry     UTC; null when it is exhausted or another letter stands before it
 * @param exhausted   whether only an operator tries it again
 * @param behind      how many letters of its sequence wait behind it
 */
record DeadLetterView(String id, String group, String sequence, String eventId, String eventType, JsonNode payload,
        String causeType, String causeMessage, Instant parkedSince, Instant lastTried, int attempts, Instant nextTry,
        boolean exhausted, long behind) {
}
