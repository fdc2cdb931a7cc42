package io.orderflow.order;

import static io.orderflow.platform.spi.StoredInstant.instant;
import static io.orderflow.platform.spi.StoredInstant.utc;

import io.orderflow.order.event.GoodsReturned;
import io.orderflow.order.event.OrderLine;
import io.orderflow.order.event.OrderPlaced;
import io.orderflow.order.event.ReturnClosed;
import io.orderflow.order.query.OrderStatus;
import io.orderflow.order.query.ReturnView;
import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StockFact;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Writes the order resource. */
@Repository
class OrderRows {

    private static final String WAIT = " waiting_party = ?, waiting_code = ?, waiting_since = ?, waiting_deadline = ?,";

    private final JdbcTemplate jdbc;

    OrderRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void add(OrderPlaced placed) {
        var address = placed.address();
        long units = placed.lines().stream().mapToLong(line -> line.quantity().value()).sum();
        var values = new ArrayList<Object>(Arrays.asList(placed.orderId().value(), placed.shop(), placed.reference(),
                placed.customer().id(), placed.customer().email(),
                address == null ? null : address.name(), address == null ? null : address.street(),
                address == null ? null : address.postalCode(), address == null ? null : address.city(),
                address == null ? null : address.country(), placed.total().currency(), placed.total().amount(),
                OrderStatus.PLACED.name(), PaymentStatus.NONE.name(), units));
        values.addAll(columns(placed.waitingOn()));
        values.addAll(List.of(utc(placed.placedAt()), utc(placed.placedAt())));
        jdbc.update("INSERT INTO orders.customer_order (id, shop, reference, customer_id, customer_email, address_name,"
                + " address_street, address_postal_code, address_city, address_country, currency, total, status,"
                + " payment_status, cancellation_requested, open_units, customer_units, waiting_party, waiting_code,"
                + " waiting_since, waiting_deadline, version, sequence, created_at, updated_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, FALSE, ?, 0, ?, ?, ?, ?, 1, 0, ?, ?)",
                values.toArray());
        int position = 0;
        for (OrderLine line : placed.lines()) {
            jdbc.update("INSERT INTO orders.order_line (order_id, position, sku, quantity, unit_price, reserved,"
                    + " shipped, returned) VALUES (?, ?, ?, ?, ?, 0, 0, 0)", placed.orderId().value(), position++,
                    line.sku().value(), line.quantity().value(), line.unitPrice().amount());
        }
    }

    /**
     * Writes what a fact changes of its order, and what the order waits for after it, by one statement.
     *
     * @param assignments SQL, each followed by a comma
     * @param values      of their parameters
     */
    void change(OrderFact fact, Instant at, String assignments, @Nullable Object... values) {
        String id = fact.orderId().value();
        var all = new ArrayList<Object>(Arrays.asList(values));
        if (fact instanceof WaitFact wait) {
            all.addAll(columns(wait.waitingOn(fact instanceof PaymentFact ? waitingOn(fact.orderId()) : null, at)));
        }
        all.addAll(List.of(utc(at), id));
        one(fact, jdbc.update("UPDATE orders.customer_order SET " + assignments + (fact instanceof WaitFact ? WAIT : "")
                + " version = version + 1, updated_at = ? WHERE id = ?", all.toArray()));
    }

    /** Notes an event that changes nothing of the resource. */
    void setReached(OrderFact fact, long sequence) {
        one(fact, jdbc.update("UPDATE orders.customer_order SET sequence = ? WHERE id = ?", sequence,
                fact.orderId().value()));
    }

    void addReturn(GoodsReturned returned) {
        jdbc.update("INSERT INTO orders.order_return (return_id, order_id, position, amount, status)"
                + " VALUES (?, ?, (SELECT COUNT(*) FROM orders.order_return WHERE order_id = ?), ?, ?)",
                returned.returnId(), returned.orderId().value(), returned.orderId().value(),
                returned.value().amount(), ReturnView.Status.OPEN.name());
    }

    void closeReturn(ReturnClosed closed) {
        one(closed, jdbc.update("UPDATE orders.order_return SET status = ? WHERE return_id = ?",
                ReturnView.Status.CLOSED.name(), closed.returnId()));
    }

    void changeStock(StockFact fact) {
        one(fact, jdbc.update("UPDATE orders.order_line SET reserved = reserved + ?, shipped = shipped + ?,"
                + " returned = returned + ? WHERE order_id = ? AND sku = ?", fact.reservedChange(),
                fact.shippedChange(), fact.returnedChange(), fact.orderId().value(), fact.sku().value()));
    }

    void removeAll() {
        jdbc.update("DELETE FROM orders.order_return");
        jdbc.update("DELETE FROM orders.order_line");
        jdbc.update("DELETE FROM orders.customer_order");
    }

    static @Nullable WaitingOn waitingOn(ResultSet row) throws SQLException {
        String code = row.getString("waiting_code");
        return code == null ? null : new WaitingOn(WaitingOn.Code.of(code), instant(row, "waiting_since"),
                instant(row, "waiting_deadline"));
    }

    @Nullable WaitingOn waitingOn(OrderId id) {
        return jdbc.query("SELECT waiting_code, waiting_since, waiting_deadline FROM orders.customer_order"
                + " WHERE id = ?", row -> row.next() ? waitingOn(row) : null, id.value());
    }

    private static List<Object> columns(@Nullable WaitingOn on) {
        return on == null ? Collections.nCopies(4, null)
                : Arrays.asList(on.party().name(), on.code().text(), utc(on.since()), utc(on.deadline()));
    }

    private static void one(OrderFact fact, int rows) {
        if (rows != 1) {
            throw new IllegalStateException("A fact concerns order %s, which is not here".formatted(fact.orderId()));
        }
    }
}
