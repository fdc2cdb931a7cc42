package io.orderflow.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** S1, S2 and the holds for S3: the buckets of each SKU by the events alone. */
final class StockAudit implements Audit {

    private final Map<String, Bucket> buckets = new TreeMap<>();
    private final Findings found;

    /** What one SKU's events add up to, in units. */
    static final class Bucket {

        private long received;
        private long adjusted;
        private long returned;
        private long shipped;
        private long held;
        private final Map<String, Long> holds = new HashMap<>();

        long onHand() {
            return received + adjusted + returned - shipped;
        }

        long held() {
            return held;
        }

        private void hold(String order, long change) {
            held += change;
            holds.merge(order, change, Long::sum);
            holds.remove(order, 0L);
        }
    }

    /** @param found takes what is wrong at an event, though it may be right again later */
    StockAudit(Findings found) {
        this.found = found;
    }

    @Override
    public void on(StoredFact event) {
        if (!event.type().startsWith("inventory.")) {
            return;
        }
        String sku = event.text("sku");
        var bucket = buckets.computeIfAbsent(sku, first -> new Bucket());
        long units = event.number("quantity");
        switch (event.type()) {
            case "inventory.StockReceived" -> bucket.received += units;
            case "inventory.StockAdjusted" -> bucket.adjusted += event.number("change");
            case "inventory.StockReserved" -> bucket.hold(event.orderId(), units);
            case "inventory.StockReleased" -> bucket.hold(event.orderId(), -units);
            case "inventory.StockShipped" -> {
                bucket.shipped += units;
                bucket.hold(event.orderId(), -units);
            }
            case "inventory.StockReturned" -> bucket.returned += event.payload().path("damaged").asBoolean() ? 0 : units;
            default -> { }
        }
        requireSound(sku, bucket, event);
    }

    private void requireSound(String sku, Bucket bucket, StoredFact event) {
        if (bucket.onHand() < 0) {
            found.violated(Invariant.S1, sku, "on hand >= 0", "%s at event %s".formatted(bucket.onHand(), event.index()));
        }
        if (bucket.held > Math.max(0, bucket.onHand()) || bucket.held < 0) {
            found.violated(Invariant.S2, sku, "0 <= held <= %s on hand".formatted(bucket.onHand()),
                    "%s held at event %s".formatted(bucket.held, event.index()));
        }
    }

    Map<String, Bucket> buckets() {
        return buckets;
    }

    /** What the order holds, by SKU, where it holds anything. */
    Map<String, Map<String, Long>> holdsByOrder() {
        Map<String, Map<String, Long>> byOrder = new HashMap<>();
        buckets.forEach((sku, bucket) -> bucket.holds.forEach((order, units) ->
                byOrder.computeIfAbsent(order, first -> new TreeMap<>()).put(sku, units)));
        return byOrder;
    }

    @Override
    public void judge(Findings findings) {
        findings.figure(Invariant.S1, "skus", buckets.size());
        findings.figure(Invariant.S1, "on_hand", buckets.values().stream().mapToLong(Bucket::onHand).sum());
        findings.figure(Invariant.S2, "held", buckets.values().stream().mapToLong(Bucket::held).sum());
    }
}
