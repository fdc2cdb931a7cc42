package io.orderflow.order;

import static io.orderflow.platform.spi.StoredInstant.instant;

import io.orderflow.order.event.Address;
import io.orderflow.order.event.Customer;
import io.orderflow.order.query.OrderStatus;
import io.orderflow.order.query.OrderView;
import io.orderflow.order.query.OrderView.Action;
import io.orderflow.order.query.StockStatus;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.WaitingOn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One row of the order table. */
record OrderRow(String id, String shop, String reference, Customer customer, @Nullable Address address, String currency,
        long total, OrderStatus status, PaymentStatus paymentStatus, boolean cancellationRequested, long openUnits,
        long customerUnits, @Nullable WaitingOn waitingOn, OrderView.@Nullable Rejection rejection, long version,
        Instant createdAt, Instant updatedAt) {

    static OrderRow of(ResultSet row) throws SQLException {
        return new OrderRow(row.getString("id"), row.getString("shop"), row.getString("reference"),
                new Customer(row.getString("customer_id"), row.getString("customer_email")), address(row),
                row.getString("currency"), row.getLong("total"), OrderStatus.valueOf(row.getString("status")),
                PaymentStatus.valueOf(row.getString("payment_status")), row.getBoolean("cancellation_requested"),
                row.getLong("open_units"), row.getLong("customer_units"), OrderRows.waitingOn(row), rejection(row),
                row.getLong("version"), instant(row, "created_at"), instant(row, "updated_at"));
    }

    OrderView view(List<OrderView.Line> lines, List<OrderView.Return> returns) {
        var orderId = new OrderId(id);
        return new OrderView(orderId, shop, reference, customer, address, status, PaymentId.of(orderId),
                paymentStatus, stockStatus(lines), waitingOn, actions(), lines, returns, new Money(currency, total),
                rejection, version, createdAt, updatedAt);
    }

    private List<Action> actions() {
        boolean open = !cancellationRequested && !status.isTerminal();
        return Stream.of(Action.values()).filter(action -> switch (action) {
            case CANCEL -> open && (status == OrderStatus.PLACED || status == OrderStatus.CONFIRMED);
            case DISPATCH -> open && status != OrderStatus.PLACED && openUnits > 0;
            case RETURN -> customerUnits > 0;
            case REFUND -> paymentStatus == PaymentStatus.CAPTURED
                    || paymentStatus == PaymentStatus.PARTIALLY_CAPTURED
                    || paymentStatus == PaymentStatus.PARTIALLY_REFUNDED;
        }).toList();
    }

    private StockStatus stockStatus(List<OrderView.Line> lines) {
        int ordered = lines.stream().mapToInt(OrderView.Line::quantity).sum();
        int reserved = lines.stream().mapToInt(OrderView.Line::reserved).sum();
        int shipped = lines.stream().mapToInt(OrderView.Line::shipped).sum();
        if (shipped > 0) {
            return shipped == ordered ? StockStatus.SHIPPED : StockStatus.PARTIALLY_SHIPPED;
        }
        if (reserved == ordered) {
            return StockStatus.RESERVED;
        }
        return status.isTerminal() && reserved == 0 ? StockStatus.RELEASED : StockStatus.PENDING;
    }

    private static @Nullable Address address(ResultSet row) throws SQLException {
        return row.getString("address_country") == null ? null
                : new Address(row.getString("address_name"), row.getString("address_street"),
                        row.getString("address_postal_code"), row.getString("address_city"),
                        row.getString("address_country"));
    }

    private static OrderView.@Nullable Rejection rejection(ResultSet row) throws SQLException {
        return row.getString("rejection_code") == null ? null
                : new OrderView.Rejection(row.getString("rejection_code"), row.getString("rejection_detail"));
    }
}
