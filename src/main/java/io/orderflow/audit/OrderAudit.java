package io.orderflow.audit;

import io.orderflow.shared.Money;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** M2, M5, S3 and O3: each order by its events, against the money and the stock that were moved for it. */
final class OrderAudit implements Audit {

    private final Map<String, OrderState> orders = new HashMap<>();
    private final Set<String> facts = new HashSet<>();
    private final Findings found;
    private final MoneyAudit money;
    private final StockAudit stock;

    OrderAudit(Findings found, MoneyAudit money, StockAudit stock) {
        this.found = found;
        this.money = money;
        this.stock = stock;
    }

    @Override
    public void on(StoredFact event) {
        switch (event.type()) {
            case "order.OrderPlaced" -> place(event);
            case "order.OrderDispatched" -> once(event.text("shipmentId"));
            case "order.GoodsReturned" -> once(event.text("returnId"));
            case "inventory.StockReceived", "inventory.StockAdjusted" -> once(event.text("movementId"));
            default -> { }
        }
        if (event.type().startsWith("order.") && !event.type().equals("order.OrderPlaced")) {
            OrderState order = orders.get(event.orderId());
            if (order == null) {
                found.violated(Invariant.O1, event.orderId(), "placed before anything happens to it", event.type());
            } else if (!order.on(event)) {
                found.violated(Invariant.O3, event.orderId(), "nothing more once it has ended",
                        "%s at event %s".formatted(event.type(), event.index()));
            }
        }
    }

    private void place(StoredFact placed) {
        var order = new OrderState(placed);
        if (orders.putIfAbsent(placed.orderId(), order) != null) {
            found.violated(Invariant.O1, placed.orderId(), "placed once", "placed again at event " + placed.index());
        }
        found.expect(Invariant.M5, placed.orderId(), Money.text(order.currency(), order.sumOfLines()),
                Money.text(order.currency(), order.total()));
    }

    private void once(String id) {
        if (!facts.add(id)) {
            found.violated(Invariant.O1, id, "takes effect once", "took effect again");
        }
    }

    Map<String, OrderState> orders() {
        return orders;
    }

    /** Whether what was answered under this id has happened. */
    boolean hasHappened(String id) {
        return facts.contains(id);
    }

    @Override
    public void judge(Findings findings) {
        var statuses = new TreeMap<String, Long>();
        orders.forEach((id, order) -> {
            statuses.merge(order.status(), 1L, Long::sum);
            judgeMoney(id, order);
        });
        judgeHolds();
        findings.figure(Invariant.M2, "orders", statuses);
    }

    private void judgeMoney(String id, OrderState order) {
        PaymentLedger books = money.of(id);
        if (books == null || books.isSettledByHand()) {
            return;
        }
        switch (order.status()) {
            case "completed" -> {
                found.expect(Invariant.M2, id, "captured " + books.text(order.dispatchedValue()),
                        "captured " + books.text(books.captured()));
                order.returns().forEach((returnId, taken) -> {
                    if (taken.closed() && !taken.byHand() && taken.value() > 0 && !books.isPaidBack(returnId)) {
                        found.violated(Invariant.M2, id, "return %s paid back".formatted(returnId), "it was not");
                    }
                });
            }
            case "cancelled", "rejected" -> {
                found.expect(Invariant.M2, id, "net " + books.text(0),
                        "net " + books.text(books.captured() - books.refunded()));
                if (books.authorized() > books.captured() && !books.isVoided()) {
                    found.violated(Invariant.M2, id, "the authorization voided", "%s still held"
                            .formatted(books.text(books.authorized() - books.captured())));
                }
            }
            default -> { }
        }
    }

    private void judgeHolds() {
        Map<String, Map<String, Long>> holds = stock.holdsByOrder();
        found.figure(Invariant.S3, "orders_with_holds", holds.size());
        holds.forEach((id, bySku) -> {
            OrderState order = orders.get(id);
            bySku.forEach((sku, units) -> {
                String subject = id + " " + sku;
                if (order == null || order.isEnded()) {
                    found.violated(Invariant.S3, subject, "0 held", units + " held");
                } else if (units > order.ordered().getOrDefault(sku, 0L) || units < 0) {
                    found.violated(Invariant.S3, subject, "at most %s held".formatted(
                            order.ordered().getOrDefault(sku, 0L)), units + " held");
                }
            });
        });
    }
}
