package io.orderflow.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** P2 for one event processor: its position in the event store, and the events that it has parked. */
final class Processor {

    static final String FULFILLMENT = "OrderFulfillmentProcessor";

    /** Every event processor of this application. */
    private static final List<String> NAMES = List.of("order-projection", "payment-projection", "inventory-projection",
            "tracking-timeline", "payment-gateway", FULFILLMENT, "AfterSalesProcessor");
    private static final Duration LATE = Duration.ofSeconds(60);

    private final String name;
    private final Set<Long> gaps = new HashSet<>();
    private final Set<String> parkedEvents = new HashSet<>();
    private final Set<String> parkedSequences = new HashSet<>();
    private boolean hasToken;
    private long position = -1;
    private long behind;
    private @Nullable EventRow oldestUnhandled;

    private Processor(String name) {
        this.name = name;
    }

    /** By their names. */
    static Map<String, Processor> all(JdbcTemplate store) {
        Map<String, Processor> processors = new LinkedHashMap<>();
        NAMES.forEach(name -> processors.put(name, new Processor(name)));
        store.query("SELECT processor_name, token FROM axon.token_entry ORDER BY processor_name, segment", row -> {
            byte[] token = row.getBytes(2);
            processors.computeIfAbsent(row.getString(1), Processor::new)
                    .add(token == null ? NullNode.getInstance() : EventRow.json(token));
        });
        store.query("SELECT processing_group, sequence_identifier, aggregate_identifier, sequence_number"
                + " FROM axon.dead_letter_entry", row -> {
            var processor = processors.get(row.getString(1));
            if (processor != null) {
                processor.parkedSequences.add(row.getString(2));
                processor.parkedEvents.add(EventRow.key(row.getString(3), row.getLong(4)));
            }
        });
        return processors;
    }

    /** Adds the token of a segment; the one furthest behind counts. */
    private void add(JsonNode token) {
        JsonNode current = token;
        while (current.has("currentToken")) {
            current = current.path("currentToken");
        }
        long index = current.path("index").asLong(-1);
        if (!hasToken || index < position) {
            position = index;
            gaps.clear();
            current.path("gaps").forEach(gap -> gaps.add(gap.asLong()));
        }
        hasToken = true;
    }

    String name() {
        return name;
    }

    boolean covers(long event) {
        return event <= position && !gaps.contains(event);
    }

    /** Whether later events of this sequence wait for a parked one. */
    boolean hasParked(String sequence) {
        return parkedSequences.contains(sequence);
    }

    /** Counts an event, and returns whether the processor has handled it without parking it. */
    boolean hasHandled(EventRow event) {
        if (!covers(event.index())) {
            behind++;
            oldestUnhandled = oldestUnhandled == null ? event : oldestUnhandled;
            return false;
        }
        return !parkedEvents.contains(event.key());
    }

    /**
     * @param head the last event of the store
     * @param now  null when the application is stopped, and no processor late
     */
    void judge(long head, @Nullable Instant now, Findings findings) {
        if (!hasToken) {
            findings.violated(Invariant.P2, name, "a token", "none");
            return;
        }
        if (position > head) {
            findings.violated(Invariant.P2, name, "at event %s at most".formatted(head), "at event " + position);
        }
        if (now != null && oldestUnhandled != null && oldestUnhandled.at().plus(LATE).isBefore(now)) {
            findings.violated(Invariant.P2, name, "event %s of %s handled".formatted(oldestUnhandled.index(),
                    oldestUnhandled.time()), "%s events behind".formatted(behind));
        }
        findings.figure(Invariant.P2, name, "%s behind, %s parked".formatted(behind, parkedEvents.size()));
    }
}
