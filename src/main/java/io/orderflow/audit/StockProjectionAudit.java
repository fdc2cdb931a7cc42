package io.orderflow.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** P1 of stock: the levels, and how many movements made them. */
final class StockProjectionAudit extends ProjectionAudit {

    private final StockAudit stock = new StockAudit(new Findings());
    private final Map<String, Long> movements = new HashMap<>();

    StockProjectionAudit() {
        super("inventory-projection", """
                SELECT s.sku, s.on_hand, s.reserved,
                  (SELECT COUNT(*) FROM inventory.movement m WHERE m.sku = s.sku)
                FROM inventory.stock s""");
    }

    @Override
    void on(StoredFact event) {
        stock.on(event);
        boolean nothing = event.type().equals("inventory.StockRefused")
                || event.type().equals("inventory.StockReleased") && event.number("quantity") == 0;
        if (event.type().startsWith("inventory.") && !nothing) {
            movements.merge(event.text("sku"), 1L, Long::sum);
        }
    }

    @Override
    Map<String, String> expected() {
        var expected = new TreeMap<String, String>();
        movements.forEach((sku, count) -> {
            var bucket = stock.buckets().get(sku);
            expected.put(sku, "%s %s %s".formatted(bucket.onHand(), bucket.held(), count));
        });
        return expected;
    }
}
