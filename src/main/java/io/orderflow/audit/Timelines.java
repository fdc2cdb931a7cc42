package io.orderflow.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * P1 of the timelines: one entry for each event of an order except for repeated waits, numbered without a gap, and each
 * with a position in the feed.
 */
final class Timelines {

    static final String ROWS = """
            SELECT e.order_id, COUNT(*), MAX(e.id), COUNT(f.position) FROM tracking.timeline_entry e
            LEFT JOIN tracking.feed f ON f.event_id = e.event_id GROUP BY e.order_id""";

    private final Map<String, Long> entries = new HashMap<>();
    private final Map<String, JsonNode> waiting = new HashMap<>();

    void on(EventRow event) {
        String order = event.orderId();
        if (order == null) {
            return;
        }
        JsonNode before = waiting.getOrDefault(order, NullNode.getInstance());
        JsonNode after = event.waitingOn(before);
        if (!event.type().equals("order.OrderWaiting") || !after.equals(before)) {
            entries.merge(order, 1L, Long::sum);
            waiting.put(order, after);
        }
    }

    /** The expected {@link #ROWS}. */
    Map<String, String> rows() {
        var rows = new TreeMap<String, String>();
        entries.forEach((order, count) -> rows.put(order, count + " " + count + " " + count));
        return rows;
    }
}
