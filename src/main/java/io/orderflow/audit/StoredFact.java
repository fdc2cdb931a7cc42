package io.orderflow.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.orderflow.shared.WaitingOn.Code;
import java.time.Instant;
import java.util.Locale;

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

    /**
     * What its order waits for after it; a null node for nothing.
     *
     * @param before what it waited for until then
     */
    JsonNode waitingOn(JsonNode before) {
        return switch (type) {
            case "order.OrderCancelled", "order.OrderRejected" -> NullNode.getInstance();
            case "order.OrderCompleted" -> payload.path("afterSales");
            case "order.OrderWaiting", "order.OrderDispatched" -> shown(payload.path("waits"));
            case "payment.PaymentActionRequired" -> payload.hasNonNull("waitLimit") ? instead(before, "payment_action")
                    : before;
            case "payment.ReversalFailed" -> instead(before, "payment_reversal_failed");
            default -> payload.hasNonNull("awaited") ? instead(before, text("awaited"))
                    : payload.hasNonNull("waitingOn") ? payload.get("waitingOn") : before;
        };
    }

    private static JsonNode shown(JsonNode waits) {
        JsonNode afterSales = waits.path("afterSales");
        return afterSales.path("party").asText().equals("staff") || !waits.hasNonNull("fulfillment") ? afterSales
                : waits.get("fulfillment");
    }

    /** Only party and code count for it. */
    private static JsonNode instead(JsonNode before, String code) {
        return before.isNull() ? before : JsonNodeFactory.instance.objectNode().put("code", code)
                .put("party", Code.of(code).party().name().toLowerCase(Locale.ROOT));
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
