package io.orderflow.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * P1 of the timelines: an entry for every fact of an order but those that say nothing new, numbered without a gap, and
 * each with its place in the feed.
 */
final class TimelineAudit extends ProjectionAudit {

    private final Map<String, Long> entries = new HashMap<>();
    private final Map<String, JsonNode> waiting = new HashMap<>();

    TimelineAudit() {
        super("tracking-timeline", """
                SELECT e.order_id, COUNT(*), MAX(e.id), COUNT(f.position) FROM tracking.timeline_entry e
                LEFT JOIN tracking.feed f ON f.event_id = e.event_id GROUP BY e.order_id""");
    }

    @Override
    void on(StoredFact event) {
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

    @Override
    Map<String, String> expected() {
        var expected = new TreeMap<String, String>();
        entries.forEach((order, count) -> expected.put(order, count + " " + count + " " + count));
        return expected;
    }
}
