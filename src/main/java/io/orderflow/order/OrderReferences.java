package io.orderflow.order;

import io.orderflow.shared.OrderId;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which order each reference of a shop is for. Decided once, before the order is placed: whoever sends the reference again
 * is led to the same order, and the order itself decides whether it is placed and by which request.
 */
@Repository
class OrderReferences {

    private final JdbcClient jdbc;

    OrderReferences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return the order that the reference is for from now on: this one, or the one that was first */
    OrderId claim(String shop, String reference, OrderId order) {
        try {
            jdbc.sql("INSERT INTO orders.order_reference (shop, reference, order_id) VALUES (?, ?, ?)")
                    .params(shop, reference, order.value()).update();
            return order;
        } catch (DuplicateKeyException claimedBefore) {
            return jdbc.sql("SELECT order_id FROM orders.order_reference WHERE shop = ? AND reference = ?")
                    .params(shop, reference).query((row, number) -> new OrderId(row.getString("order_id"))).single();
        }
    }
}
