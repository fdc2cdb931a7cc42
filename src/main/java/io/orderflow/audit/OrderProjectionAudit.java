package io.orderflow.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** P1 of the order resource: whose it is, status, money, stock, whom it waits on, and how many facts it has heard of. */
final class OrderProjectionAudit extends ProjectionAudit {

    private static final Map<String, String> STANDINGS = Map.of("payment.PaymentRequested", "requested",
            "payment.PaymentUncertain", "unknown", "payment.PaymentActionRequired", "action_required",
            "payment.PaymentAuthorized", "authorized", "payment.PaymentDeclined", "declined");

    /** They change nothing of the resource. */
    private static final Set<String> UNSEEN = Set.of("order.ResumptionRequested");

    private final Map<String, Row> rows = new HashMap<>();

    private static final class Row {

        private final String shop;
        private String status = "placed";
        private String payment = "none";
        private JsonNode waitingOn;
        private long version = 1;
        private long reserved;
        private long shipped;
        private long returned;
        private long openReturns;

        private Row(StoredFact placed) {
            shop = placed.textOrNull("shop");
            waitingOn = placed.waitingOn(NullNode.getInstance());
        }

        private String waiting() {
            return waitingOn.isNull() ? "null null"
                    : constant(waitingOn.path("party").asText()) + ' ' + waitingOn.path("code").asText();
        }
    }

    OrderProjectionAudit() {
        super("order-projection", """
                SELECT o.id, o.status, o.payment_status, o.waiting_party, o.waiting_code, o.version,
                  (SELECT SUM(l.reserved) FROM orders.order_line l WHERE l.order_id = o.id),
                  (SELECT SUM(l.shipped) FROM orders.order_line l WHERE l.order_id = o.id),
                  (SELECT SUM(l.returned) FROM orders.order_line l WHERE l.order_id = o.id),
                  (SELECT COUNT(*) FROM orders.order_return r WHERE r.order_id = o.id AND r.status = 'OPEN'),
                  o.shop
                FROM orders.customer_order o""");
    }

    @Override
    void on(StoredFact event) {
        String order = event.orderId();
        if (event.type().equals("order.OrderPlaced")) {
            rows.put(order, new Row(event));
            return;
        }
        Row row = rows.get(order);
        if (row == null || UNSEEN.contains(event.type())) {
            return;
        }
        JsonNode before = row.waitingOn;
        row.waitingOn = event.waitingOn(before);
        if (event.type().equals("order.OrderWaiting") && row.waitingOn.equals(before)) {
            return;
        }
        row.version++;
        if (event.type().startsWith("payment.")) {
            row.payment = event.payload().path("paymentStatus").asText(STANDINGS.get(event.type()));
        } else if (event.type().startsWith("inventory.")) {
            stock(row, event);
        } else {
            order(row, event);
        }
    }

    private static void stock(Row row, StoredFact event) {
        long units = event.number("quantity");
        switch (event.type()) {
            case "inventory.StockReserved" -> row.reserved += units;
            case "inventory.StockReleased" -> row.reserved -= units;
            case "inventory.StockShipped" -> {
                row.reserved -= units;
                row.shipped += units;
            }
            case "inventory.StockReturned" -> row.returned += units;
            default -> { }
        }
    }

    private static void order(Row row, StoredFact event) {
        switch (event.type()) {
            case "order.OrderConfirmed", "order.OrderCompleted", "order.OrderCancelled", "order.OrderRejected" ->
                become(row, event);
            case "order.OrderDispatched" -> row.status = "dispatched";
            case "order.GoodsReturned" -> row.openReturns++;
            case "order.ReturnClosed" -> row.openReturns--;
            default -> { }
        }
    }

    private static void become(Row row, StoredFact event) {
        row.status = event.type().substring("order.Order".length()).toLowerCase(Locale.ROOT);
    }

    @Override
    Map<String, String> expected() {
        var expected = new TreeMap<String, String>();
        rows.forEach((id, row) -> expected.put(id, "%s %s %s %s %s %s %s %s %s".formatted(constant(row.status),
                constant(row.payment), row.waiting(), row.version, row.reserved, row.shipped, row.returned, row.openReturns, row.shop)));
        return expected;
    }

    /** Events spell constants in lower case; rows hold their names. */
    private static String constant(String spelled) {
        return spelled.toUpperCase(Locale.ROOT);
    }
}
