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

    private List<OrderView> read(String rest, Map<String, Object> parameters) {
        var orders = new LinkedHashMap<String, OrderRow>();
        jdbc.sql("SELECT o.* FROM orders.customer_order o " + rest).params(parameters)
                .query((row, number) -> OrderRow.of(row)).list().forEach(order -> orders.put(order.id(), order));
        if (orders.isEmpty()) {
            return List.of();
        }
        var lines = new LinkedHashMap<String, List<OrderView.Line>>();
        jdbc.sql("SELECT * FROM orders.order_line WHERE order_id IN (:ids) ORDER BY order_id, position")
                .param("ids", orders.keySet())
                .query((row, number) -> lines.computeIfAbsent(row.getString("order_id"), id -> new ArrayList<>())
                        .add(line(row, orders.get(row.getString("order_id")).currency()))).list();
        var returns = new LinkedHashMap<String, List<OrderView.Return>>();
        jdbc.sql("SELECT * FROM orders.order_return WHERE order_id IN (:ids) ORDER BY order_id, position")
                .param("ids", orders.keySet())
                .query((row, number) -> returns.computeIfAbsent(row.getString("order_id"), id -> new ArrayList<>())
                        .add(returned(row, orders.get(row.getString("order_id")).currency()))).list();
        return orders.values().stream().map(order -> order.view(lines.get(order.id()),
                returns.getOrDefault(order.id(), List.of()))).toList();
    }

    private static OrderView.Return returned(ResultSet row, String currency) throws SQLException {
        return new OrderView.Return(row.getString("return_id"), new Money(currency, row.getLong("amount")),
                ReturnView.Status.valueOf(row.getString("status")));
    }

    private static OrderView.Line line(ResultSet row, String currency) throws SQLException {
        return new OrderView.Line(new Sku(row.getString("sku")), row.getInt("quantity"),
                new Money(currency, row.getLong("unit_price")), row.getInt("reserved"), row.getInt("shipped"),
                row.getInt("returned"));
    }
}
