package io.orderflow.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** S1 and S2, and P1 of the stock projection: the stock of each SKU according to its events. */
final class Stock {

    static final String ROWS = """
            SELECT s.sku, s.on_hand, s.reserved,
              (SELECT COUNT(*) FROM inventory.movement m WHERE m.sku = s.sku)
            FROM inventory.stock s""";

    private final Map<String, Level> levels = new HashMap<>();
    private final Findings findings;

    private static final class Level {

        private long onHand;
        private long reserved;
        private long movements;
    }

    Stock(Findings findings) {
        this.findings = findings;
    }

    void on(EventRow event) {
        if (!event.type().startsWith("inventory.")) {
            return;
        }
        String sku = event.text("sku");
        var level = levels.computeIfAbsent(sku, first -> new Level());
        level.onHand += onHandBy(event);
        level.reserved += reservedBy(event);
        boolean changesNothing = event.type().equals("inventory.StockRefused")
                || event.type().equals("inventory.StockReleased") && event.number("quantity") == 0;
        level.movements += changesNothing ? 0 : 1;
        if (level.onHand < 0) {
            findings.violated(Invariant.S1, sku, "on hand >= 0",
                    "%s at event %s".formatted(level.onHand, event.index()));
        }
        if (level.reserved > Math.max(0, level.onHand) || level.reserved < 0) {
            findings.violated(Invariant.S2, sku, "0 <= reserved <= %s on hand".formatted(level.onHand),
                    "%s reserved at event %s".formatted(level.reserved, event.index()));
        }
    }

    private static long onHandBy(EventRow event) {
        return switch (event.type()) {
            case "inventory.StockReceived" -> event.number("quantity");
            case "inventory.StockAdjusted" -> event.number("change");
            case "inventory.StockReturned" ->
                    event.payload().path("damaged").asBoolean() ? 0 : event.number("quantity");
            case "inventory.StockShipped" -> -event.number("quantity");
            default -> 0;
        };
    }

    /** By how many units an event changes what is reserved. */
    static long reservedBy(EventRow event) {
        return switch (event.type()) {
            case "inventory.StockReserved" -> event.number("quantity");
            case "inventory.StockReleased", "inventory.StockShipped" -> -event.number("quantity");
            default -> 0;
        };
    }

    void judge() {
        findings.figure(Invariant.S1, "skus", levels.size());
        findings.figure(Invariant.S1, "on_hand", levels.values().stream().mapToLong(level -> level.onHand).sum());
        findings.figure(Invariant.S2, "held", levels.values().stream().mapToLong(level -> level.reserved).sum());
    }

    /** The expected {@link #ROWS}. */
    Map<String, String> rows() {
        var rows = new TreeMap<String, String>();
        levels.forEach((sku, level) -> {
            if (level.movements > 0) {
                rows.put(sku, "%s %s %s".formatted(level.onHand, level.reserved, level.movements));
            }
        });
        return rows;
    }
}
