package io.orderflow.order;

import static io.orderflow.platform.spi.StoredInstant.utc;

import io.orderflow.order.query.FindOrder;
import io.orderflow.order.query.ListOrders;
import io.orderflow.order.query.OrderPage;
import io.orderflow.order.query.OrderView;
import io.orderflow.order.query.ReturnView;
import io.orderflow.platform.spi.Cursor;
import io.orderflow.shared.Money;
import io.orderflow.shared.Sku;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the order resource. */
@Repository
class OrderViews {

    private final JdbcClient jdbc;

    OrderViews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<OrderView> find(FindOrder query) {
        return (query.shop() == null
                ? read("WHERE o.id = :id", Map.of("id", query.orderId().value()))
                : read("WHERE o.id = :id AND o.shop = :shop", Map.of("id", query.orderId().value(), "shop", query.shop())))
                .stream().findFirst();
    }

    /** @return those of these orders that exist */
    Set<String> present(Collection<String> orders) {
        return Set.copyOf(jdbc.sql("SELECT id FROM orders.customer_order WHERE id IN (:orders)")
                .param("orders", orders).query(String.class).list());
    }

    OrderPage list(ListOrders query) {
        var parameters = new LinkedHashMap<String, Object>();
        var criteria = new ArrayList<String>();
        var sorting = new ArrayList<String>();
        given(query.shop(), shop -> equal("shop", shop, criteria, parameters, sorting));
        given(query.status(), status -> equal("status", status.name(), criteria, parameters, sorting));
        given(query.waitingOn(), party -> equal("waiting_party", party.name(), criteria, parameters, sorting));
        given(query.customer(), customer -> equal("customer_id", customer, criteria, parameters, sorting));
        given(query.reference(), reference -> equal("reference", reference, criteria, parameters, sorting));
        given(query.sku(), sku -> {
            criteria.add("EXISTS (SELECT 1 FROM orders.order_line l WHERE l.order_id = o.id AND l.sku = :sku)");
            parameters.put("sku", sku.value());
        });
        given(query.createdFrom(), from -> criteria.add(bound(parameters, "o.created_at >= ", "from", from)));
        given(query.createdTo(), to -> criteria.add(bound(parameters, "o.created_at < ", "to", to)));
        given(Cursor.place(query.cursor(), null), last -> after(last, criteria, parameters));
        String where = criteria.isEmpty() ? "" : "WHERE " + String.join(" AND ", criteria);
        parameters.put("limit", query.limit() + 1);
        List<OrderView> found = read(where + " ORDER BY " + String.join("", sorting)
                + "o.created_at DESC, o.id DESC LIMIT :limit", parameters);
        boolean more = found.size() > query.limit();
        List<OrderView> items = more ? found.subList(0, query.limit()) : found;
        return new OrderPage(items, more ? cursor(items.get(items.size() - 1)) : null);
    }

    private static String cursor(OrderView last) {
        return Cursor.after(last.createdAt(), last.id());
    }

    private static void after(Cursor.Place last, List<String> criteria, Map<String, Object> parameters) {
        criteria.add("o.created_at <= :cursor_at AND (o.created_at < :cursor_at OR o.id < :cursor_id)");
        parameters.put("cursor_at", utc(last.at()));
        parameters.put("cursor_id", last.id());
    }

    private static <T> void given(@Nullable T value, Consumer<T> then) {
        if (value != null) {
            then.accept(value);
        }
    }

    /** Sorting by the first fixed column changes nothing, but lets H2 read its index in order and stop early. */
    private static void equal(String column, Object value, List<String> criteria, Map<String, Object> parameters,
            List<String> sorting) {
        parameters.put(column, value);
        criteria.add("o." + column + " = :" + column);
        if (sorting.isEmpty()) {
            sorting.add("o." + column + ", ");
        }
    }

    private static String bound(Map<String, Object> parameters, String comparison, String name, Instant instant) {
        parameters.put(name, utc(instant));
        return comparison + ":" + name;
    }

    /**
     * In one statement, so that the order, its lines and its returns are read at the same moment. The returns are joined
     * to the first line only, not to each.
     */
    private List<OrderView> read(String rest, Map<String, Object> parameters) {
        var orders = new LinkedHashMap<String, OrderRow>();
        var lines = new HashMap<String, Map<Integer, OrderView.Line>>();
        var returns = new HashMap<String, Map<String, OrderView.Return>>();
        jdbc.sql("""
                SELECT o.*, l.position AS line_position, l.sku, l.quantity, l.unit_price, l.reserved, l.shipped,
                  l.returned, r.return_id, r.amount AS return_amount, r.status AS return_status
                FROM (SELECT o.* FROM orders.customer_order o %s) o
                JOIN orders.order_line l ON l.order_id = o.id
                LEFT JOIN orders.order_return r ON r.order_id = o.id AND l.position = 0
                ORDER BY o.created_at DESC, o.id DESC, l.position, r.position""".formatted(rest)).params(parameters)
                .query(row -> {
                    OrderRow order = OrderRow.of(row);
                    orders.put(order.id(), order);
                    lines.computeIfAbsent(order.id(), id -> new LinkedHashMap<>())
                            .put(row.getInt("line_position"), line(row, order.currency()));
                    if (row.getString("return_id") != null) {
                        returns.computeIfAbsent(order.id(), id -> new LinkedHashMap<>())
                                .put(row.getString("return_id"), returned(row, order.currency()));
                    }
                });
        return orders.values().stream().map(order -> order.view(List.copyOf(lines.get(order.id()).values()),
                List.copyOf(returns.getOrDefault(order.id(), Map.of()).values()))).toList();
    }

    private static OrderView.Return returned(ResultSet row, String currency) throws SQLException {
        return new OrderView.Return(row.getString("return_id"), new Money(currency, row.getLong("return_amount")),
                ReturnView.Status.valueOf(row.getString("return_status")));
    }

    private static OrderView.Line line(ResultSet row, String currency) throws SQLException {
        return new OrderView.Line(new Sku(row.getString("sku")), row.getInt("quantity"),
                new Money(currency, row.getLong("unit_price")), row.getInt("reserved"), row.getInt("shipped"),
                row.getInt("returned"));
    }
}
