package io.orderflow.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what the driver was told with the events that are in the store, row by row: whatever was acknowledged is
 * there, once, and nothing else is.
 */
final class HistoryCheck {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ENDS = Set.of("completed", "cancelled", "rejected");

    private final List<String> violations = new ArrayList<>();
    private final Set<String> placed = new HashSet<>();
    private final Set<String> references = new HashSet<>();
    private final Map<String, Set<String>> facts = new HashMap<>();
    private final Map<String, String> statuses = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private int acknowledged;
    private int answers;
    private int sights;

    /** What became of what was told; {@code lost} are requests that were acknowledged and have left no trace. */
    record Verdict(int answers, int acknowledged, int sights, List<String> violations) {
    }

    static Verdict of(Path history, Connection store) throws IOException, SQLException {
        var check = new HistoryCheck();
        check.readStore(store);
        check.readHistory(History.read(history));
        return new Verdict(check.answers, check.acknowledged, check.sights, check.violations);
    }

    private void readStore(Connection store) throws SQLException, IOException {
        try (var statement = store.createStatement();
                var rows = statement.executeQuery("SELECT payload_type, payload FROM axon.domain_event_entry")) {
            while (rows.next()) {
                readEvent(rows.getString(1), JSON.readTree(rows.getBytes(2)));
            }
        }
        try (var statement = store.createStatement();
                var rows = statement.executeQuery("SELECT id, status, version FROM orders.customer_order")) {
            while (rows.next()) {
                statuses.put(rows.getString(1), rows.getString(2).toLowerCase(java.util.Locale.ROOT));
                versions.put(rows.getString(1), rows.getLong(3));
            }
        }
    }

    private void readEvent(String type, JsonNode event) {
        switch (type) {
            case "order.OrderPlaced" -> {
                if (!placed.add(event.path("orderId").asText())) {
                    violations.add("placed twice: " + event.path("orderId"));
                }
                references.add(event.path("reference").asText());
            }
            case "order.CancellationRequested" -> fact("cancellation", event.path("orderId").asText());
            case "order.OrderDispatched" -> fact("shipment", event.path("shipmentId").asText());
            case "order.GoodsReturned" -> fact("return", event.path("returnId").asText());
            case "inventory.StockReceived" -> fact("receipt", event.path("movementId").asText());
            default -> { }
        }
    }

    private void fact(String kind, String id) {
        if (!facts.computeIfAbsent(kind, key -> new HashSet<>()).add(id)) {
            violations.add(kind + " took effect twice: " + id);
        }
    }

    private void readHistory(List<JsonNode> lines) {
        Map<String, String> ids = new HashMap<>();
        Set<String> intended = new HashSet<>();
        for (JsonNode line : lines) {
            switch (line.path("what").asText()) {
                case "intent" -> intended.add(reference(line));
                case "answer" -> readAnswer(line, ids);
                case "sight" -> readSight(line);
                default -> violations.add("an unknown line: " + line);
            }
        }
        references.stream().filter(reference -> !intended.contains(reference))
                .forEach(reference -> violations.add("an order nobody has asked for: " + reference));
    }

    private static String reference(JsonNode intent) {
        try {
            return JSON.readTree(intent.path("body").asText()).path("reference").asText();
        } catch (IOException e) {
            return "";
        }
    }

    private void readAnswer(JsonNode line, Map<String, String> ids) {
        answers++;
        int status = line.path("status").asInt();
        if (status >= 500 && status != 503) {
            violations.add("answered " + line);
        }
        if (status >= 300) {
            return;
        }
        acknowledged++;
        String kind = line.path("kind").asText();
        String id = id(kind, line.path("answer"));
        String before = ids.putIfAbsent(line.path("key").asText(), id);
        if (before != null && !before.equals(id)) {
            violations.add("one key, two answers: " + before + " and " + line);
        }
        boolean there = kind.equals("order") ? placed.contains(id)
                : facts.getOrDefault(kind, Set.of()).contains(id);
        if (!there) {
            violations.add("acknowledged and lost: " + line);
        }
    }

    private static String id(String kind, JsonNode answer) {
        return switch (kind) {
            case "cancellation" -> answer.path("order_id").asText();
            case "receipt" -> answer.path("movement_id").asText();
            default -> answer.path("id").asText();
        };
    }

    /** What a read has shown may not become unseen. */
    private void readSight(JsonNode line) {
        sights++;
        String id = line.path("key").asText();
        String seen = line.path("status").asText();
        if (ENDS.contains(seen) && !seen.equals(statuses.get(id))) {
            violations.add("was seen to have ended and now is " + statuses.get(id) + ": " + line);
        }
        if (line.path("version").asLong() > versions.getOrDefault(id, 0L)) {
            violations.add("was seen at a version it has not reached again (" + versions.get(id) + "): " + line);
        }
    }
}
