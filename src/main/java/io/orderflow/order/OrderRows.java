package io.orderflow.order;

import static io.orderflow.shared.StoredInstant.utc;

import io.orderflow.order.event.GoodsReturned;
import io.orderflow.order.event.OrderLine;
import io.orderflow.order.event.OrderPlaced;
import io.orderflow.order.query.OrderStatus;
import io.orderflow.order.query.ReturnView;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StockFact;
import io.orderflow.shared.StorableText;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Writes the order resource. */
@Repository
class OrderRows {

    private static final String WAIT = " waiting_party = ?, waiting_code = ?, waiting_since = ?,"
            + " waiting_deadline = ?,";
    private static final String TOUCH = " version = version + 1, updated_at = ? WHERE id = ?";
    private static final String MOVE = " sequence = ?," + TOUCH;

    private static final int LONGEST_CODE = 64;
    private static final int LONGEST_DETAIL = 500;

    private final JdbcTemplate jdbc;

    /**
     * The event of an order that its row is moved by.
     *
     * @param sequence its place among the order's events
     */
    record Mark(long sequence, Instant at) {
    }

    OrderRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void add(OrderPlaced placed, WaitingOn waitingOn) {
        var address = placed.address();
        long units = placed.lines().stream().mapToLong(line -> line.quantity().value()).sum();
        jdbc.update("INSERT INTO orders.customer_order (id, shop, reference, customer_id, customer_email, address_name,"
                + " address_street, address_postal_code, address_city, address_country, currency, total, status,"
                + " payment_status, cancellation_requested, open_units, customer_units, waiting_party, waiting_code,"
                + " waiting_since, waiting_deadline, version, sequence, created_at, updated_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, FALSE, ?, 0, ?, ?, ?, ?, 1, 0, ?, ?)",
                placed.orderId().value(), placed.shop(), placed.reference(), placed.customer().id(),
                placed.customer().email(),
                address == null ? null : address.name(), address == null ? null : address.street(),
                address == null ? null : address.postalCode(), address == null ? null : address.city(),
                address == null ? null : address.country(), placed.total().currency(), placed.total().amount(),
                OrderStatus.PLACED.name(), PaymentStatus.NONE.name(), units, waitingOn.party().name(),
                waitingOn.code().text(), utc(waitingOn.since()), utc(waitingOn.deadline()), utc(placed.placedAt()),
                utc(placed.placedAt()));
        int position = 0;
        for (OrderLine line : placed.lines()) {
            jdbc.update("INSERT INTO orders.order_line (order_id, position, sku, quantity, unit_price, reserved,"
                    + " shipped, returned) VALUES (?, ?, ?, ?, ?, 0, 0, 0)", placed.orderId().value(), position++,
                    line.sku().value(), line.quantity().value(), line.unitPrice().amount());
        }
    }

    /** @param waitingOn null when the order waits on nothing any more */
    void setWaiting(OrderId id, WaitingOn waitingOn, Mark mark) {
        one(id, jdbc.update("UPDATE orders.customer_order SET" + WAIT + MOVE, withWait(waitingOn, mark, id)));
    }

    void setConfirmed(OrderId id, WaitingOn waitingOn, Mark mark) {
        one(id, jdbc.update("UPDATE orders.customer_order SET status = 'CONFIRMED'," + WAIT + MOVE,
                withWait(waitingOn, mark, id)));
    }

    /** @param waitingOn what a return or a refund of the order still waits on; null for nothing */
    void setCompleted(OrderId id, WaitingOn waitingOn, Mark mark) {
        one(id, jdbc.update("UPDATE orders.customer_order SET status = 'COMPLETED'," + WAIT + MOVE,
                withWait(waitingOn, mark, id)));
    }

    void setCancellationRequested(OrderId id, Mark mark) {
        one(id, jdbc.update("UPDATE orders.customer_order SET cancellation_requested = TRUE," + MOVE,
                mark.sequence(), utc(mark.at()), id.value()));
    }

    void setDispatched(OrderId id, int units, WaitingOn waitingOn, Mark mark) {
        one(id, jdbc.update("UPDATE orders.customer_order SET status = 'DISPATCHED', open_units = open_units - ?,"
                + " customer_units = customer_units + ?," + WAIT + MOVE, Stream.concat(Stream.of(units, units),
                Arrays.stream(withWait(waitingOn, mark, id))).toArray()));
    }

    void addReturn(GoodsReturned returned, Mark mark) {
        int units = returned.lines().stream().mapToInt(line -> line.quantity().value()).sum();
        jdbc.update("INSERT INTO orders.order_return (return_id, order_id, position, amount, status)"
                + " VALUES (?, ?, (SELECT COUNT(*) FROM orders.order_return WHERE order_id = ?), ?, ?)",
                returned.returnId(), returned.orderId().value(), returned.orderId().value(),
                returned.value().amount(), ReturnView.Status.OPEN.name());
        one(returned.orderId(), jdbc.update("UPDATE orders.customer_order SET customer_units = customer_units - ?,"
                + MOVE, units, mark.sequence(), utc(mark.at()), returned.orderId().value()));
    }

    void setReturnClosed(OrderId id, String returnId, Mark mark) {
        one(id, jdbc.update("UPDATE orders.order_return SET status = ? WHERE return_id = ?",
                ReturnView.Status.CLOSED.name(), returnId));
        one(id, jdbc.update("UPDATE orders.customer_order SET" + MOVE, mark.sequence(), utc(mark.at()), id.value()));
    }

    /** Notes an event that changes nothing of the resource. */
    void setReached(OrderId id, long sequence) {
        one(id, jdbc.update("UPDATE orders.customer_order SET sequence = ? WHERE id = ?", sequence, id.value()));
    }

    void setEnded(OrderId id, OrderStatus status, String code, String detail, Mark mark) {
        one(id, jdbc.update("UPDATE orders.customer_order SET status = ?, rejection_code = ?,"
                + " rejection_detail = ?,"
                + " waiting_party = NULL, waiting_code = NULL, waiting_since = NULL, waiting_deadline = NULL," + MOVE,
                status.name(), StorableText.cut(code, LONGEST_CODE), StorableText.cut(detail, LONGEST_DETAIL), mark.sequence(),
                utc(mark.at()), id.value()));
    }

    void setPaymentStatus(OrderId id, PaymentStatus status, Instant at) {
        one(id, jdbc.update("UPDATE orders.customer_order SET payment_status = ?," + TOUCH, status.name(), utc(at),
                id.value()));
    }

    /** Beside another change that the same fact makes. */
    void setWaiting(OrderId id, WaitingOn on) {
        one(id, jdbc.update("UPDATE orders.customer_order SET waiting_party = ?, waiting_code = ?, waiting_since = ?,"
                + " waiting_deadline = ? WHERE id = ?", on.party().name(), on.code().text(), utc(on.since()),
                utc(on.deadline()), id.value()));
    }

    void changeStock(StockFact fact, Instant at) {
        OrderId id = fact.orderId();
        one(id, jdbc.update("UPDATE orders.order_line SET reserved = reserved + ?, shipped = shipped + ?,"
                + " returned = returned + ? WHERE order_id = ? AND sku = ?", fact.reservedChange(),
                fact.shippedChange(), fact.returnedChange(), id.value(), fact.sku().value()));
        one(id, jdbc.update("UPDATE orders.customer_order SET" + TOUCH, utc(at), id.value()));
    }

    void removeAll() {
        jdbc.update("DELETE FROM orders.order_return");
        jdbc.update("DELETE FROM orders.order_line");
        jdbc.update("DELETE FROM orders.customer_order");
    }

    private static Object[] withWait(WaitingOn on, Mark mark, OrderId id) {
        return on == null ? new Object[] {null, null, null, null, mark.sequence(), utc(mark.at()),
                id.value()}
                : new Object[] {on.party().name(), on.code().text(), utc(on.since()), utc(on.deadline()), mark.sequence(),
                        utc(mark.at()), id.value()};
    }

    private static void one(OrderId id, int rows) {
        if (rows != 1) {
            throw new IllegalStateException("A fact concerns order %s, which is not here".formatted(id));
        }
    }
}
