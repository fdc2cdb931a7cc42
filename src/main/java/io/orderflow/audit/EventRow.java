package io.orderflow.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.orderflow.shared.WaitingOn.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is stored.
 *
 * @param index    its position in the event store
 * @param sequence its position in its aggregate, from 0
 * @param time     ISO 8601, UTC
 * @param type     the name it is stored under, such as {@code order.OrderPlaced}
 */
record EventRow(long index, String aggregateId, long sequence, String time, String type, JsonNode payload) {

    static final String QUERY = "SELECT global_index, aggregate_identifier, sequence_number, time_stamp, payload_type,"
            + " payload FROM axon.domain_event_entry ORDER BY global_index";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param row of {@link #QUERY} */
    static EventRow of(ResultSet row) throws SQLException {
        return new EventRow(row.getLong(1), row.getString(2), row.getLong(3), row.getString(4), row.getString(5),
                json(row.getBytes(6)));
    }

    static JsonNode json(byte[] stored) {
        try {
            return JSON.readTree(stored);
        } catch (IOException e) {
            throw new UncheckedIOException("The store contains invalid JSON", e);
        }
    }

    /** Identifies the event without its index, which dead letters do not have. */
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

    /** Failed after-sales take precedence. */
    private static JsonNode shown(JsonNode waits) {
        JsonNode afterSales = waits.path("afterSales");
        return afterSales.path("party").asText().equals("staff") || !waits.hasNonNull("fulfillment") ? afterSales
                : waits.get("fulfillment");
    }

    /** An order that waits for nothing continues to do so. */
    private static JsonNode instead(JsonNode before, String code) {
        return before.isNull() ? before : JsonNodeFactory.instance.objectNode().put("code", code)
                .put("party", Code.of(code).party().name().toLowerCase(Locale.ROOT));
    }

    String text(String field) {
        return payload.path(field).asText();
    }

    @Nullable String textOrNull(String field) {
        return payload.path(field).asText(null);
    }

    /** The order that the event is about, if any. */
    @Nullable String orderId() {
        return textOrNull("orderId");
    }

    int number(String field) {
        return payload.path(field).asInt();
    }

    /** Minor units. */
    long amount(String field) {
        return payload.path(field).path("amount").asLong();
    }
}
