package io.orderflow.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * An event as it is stored.
 *
 * @param index    its place among all events
 * @param sequence its place among those of its aggregate, from 0
 * @param time     when it happened, UTC
 * @param type     the name it is stored under, such as {@code order.OrderPlaced}
 */
record StoredFact(long index, String aggregateId, long sequence, String time, String type, JsonNode payload) {

    /** Names it beside its index, which a dead letter does not know. */
    String key() {
        return key(aggregateId, sequence);
    }

    static String key(String aggregateId, long sequence) {
        return aggregateId + '#' + sequence;
    }

    Instant at() {
        return Instant.parse(time);
    }

    String text(String field) {
        return payload.path(field).asText();
    }

    /** Null when it concerns no order. */
    String orderId() {
        return textOrNull("orderId");
    }

    /** Null when it is null. */
    String textOrNull(String field) {
        return payload.path(field).asText(null);
    }

    int number(String field) {
        return payload.path(field).asInt();
    }

    /** Minor units. */
    long amount(String field) {
        return payload.path(field).path("amount").asLong();
    }
}
