package io.orderflow.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.shared.Money;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** M2, M5, S3, O3 and P1 of the order projection: each order, with the money and the stock that were moved for it. */
final class Orders {

    static final String ROWS = """
            SELECT o.id, o.status, o.payment_status, o.waiting_party, o.waiting_code, o.version,
              (SELECT SUM(l.reserved) FROM orders.order_line l WHERE l.order_id = o.id),
              (SELECT SUM(l.shipped) FROM orders.order_line l WHERE l.order_id = o.id),
              (SELECT SUM(l.returned) FROM orders.order_line l WHERE l.order_id = o.id),
              (SELECT COUNT(*) FROM orders.order_return r WHERE r.order_id = o.id AND r.status = 'OPEN'),
              o.shop
            FROM orders.customer_order o""";

    private final Map<String, OrderState> orders = new HashMap<>();
    /** Units by order and SKU; also for orders that were never placed. */
    private final Map<String, Map<String, Long>> reserved = new HashMap<>();
    private final Set<String> effects = new HashSet<>();
    private final Findings findings;

    Orders(Findings findings) {
        this.findings = findings;
    }

    void on(EventRow event) {
        switch (event.type()) {
            case "order.OrderPlaced" -> place(event);
            case "order.OrderDispatched" -> takeEffect(event.text("shipmentId"));
            case "order.GoodsReturned" -> takeEffect(event.text("returnId"));
            case "inventory.StockReceived", "inventory.StockAdjusted" -> takeEffect(event.text("movementId"));
            case "inventory.StockReserved", "inventory.StockReleased", "inventory.StockShipped" ->
                    reserved.computeIfAbsent(event.orderId(), first -> new TreeMap<>())
                            .merge(event.text("sku"), Stock.reservedBy(event), Long::sum);
            default -> { }
        }
        OrderState order = orders.get(event.orderId());
        if (event.type().equals("order.OrderPlaced") || order == null && !event.type().startsWith("order.")) {
            return;
        }
        if (order == null) {
            findings.violated(Invariant.O1, event.orderId(), "order.OrderPlaced as the first event", event.type());
        } else if (!order.on(event)) {
            findings.violated(Invariant.O3, event.orderId(), "no further event after its end",
                    "%s at event %s".formatted(event.type(), event.index()));
        }
    }

    private void place(EventRow placed) {
        String id = placed.orderId();
        if (orders.putIfAbsent(id, new OrderState(placed)) != null) {
            findings.violated(Invariant.O1, id, "placed once", "placed again at event " + placed.index());
        }
        String currency = placed.payload().path("total").path("currency").asText();
        long sum = 0;
        for (JsonNode line : placed.payload().path("lines")) {
            sum += line.path("quantity").asLong() * line.path("unitPrice").path("amount").asLong();
        }
        findings.expect(Invariant.M5, id, Money.text(currency, sum), Money.text(currency, placed.amount("total")));
    }

    private void takeEffect(String id) {
        if (!effects.add(id)) {
            findings.violated(Invariant.O1, id, "takes effect once", "took effect again");
        }
    }

    Map<String, OrderState> all() {
        return orders;
    }

    /** Whether the shipment, return or stock movement with this id happened. */
    boolean hasTakenEffect(String id) {
        return effects.contains(id);
    }

    void judge(Payments payments) {
        var statuses = new TreeMap<String, Long>();
        orders.forEach((id, order) -> {
            statuses.merge(order.status(), 1L, Long::sum);
            PaymentState payment = payments.of(id);
            if (payment != null && !payment.isSettledByHand()) {
                judge(id, order, payment);
            }
        });
        findings.figure(Invariant.M2, "orders", statuses);
        judgeReserved();
    }

    private void judge(String id, OrderState order, PaymentState payment) {
        switch (order.status()) {
            case "completed" -> {
                findings.expect(Invariant.M2, id, "captured " + payment.text(order.dispatchedValue()),
                        "captured " + payment.text(payment.captured()));
                order.returns().forEach((returnId, goods) -> {
                    if (goods.closed() && !goods.byHand() && goods.value() > 0 && !payment.isRefunded(returnId)) {
                        findings.violated(Invariant.M2, id, "return %s refunded".formatted(returnId), "it was not");
                    }
                });
            }
            case "cancelled", "rejected" -> {
                findings.expect(Invariant.M2, id, "net " + payment.text(0),
                        "net " + payment.text(payment.captured() - payment.refunded()));
                if (payment.authorized() > payment.captured() && !payment.isVoided()) {
                    findings.violated(Invariant.M2, id, "the authorization voided", "%s still authorized"
                            .formatted(payment.text(payment.authorized() - payment.captured())));
                }
            }
            default -> { }
        }
    }

    private void judgeReserved() {
        reserved.values().forEach(bySku -> bySku.values().removeIf(units -> units == 0));
        reserved.values().removeIf(Map::isEmpty);
        findings.figure(Invariant.S3, "orders_with_holds", reserved.size());
        reserved.forEach((id, bySku) -> {
            OrderState order = orders.get(id);
            bySku.forEach((sku, units) -> {
                long allowed = order == null || order.isEnded() ? 0 : order.ordered().getOrDefault(sku, 0L);
                if (units > allowed || units < 0) {
                    findings.violated(Invariant.S3, id + " " + sku, "at most %s reserved".formatted(allowed),
                            units + " reserved");
                }
            });
        });
    }

    /** The expected {@link #ROWS}. */
    Map<String, String> rows() {
        var rows = new TreeMap<String, String>();
        orders.forEach((id, order) -> rows.put(id, order.row(reserved.getOrDefault(id, Map.of()).values().stream()
                .mapToLong(Long::longValue).sum())));
        return rows;
    }
}
