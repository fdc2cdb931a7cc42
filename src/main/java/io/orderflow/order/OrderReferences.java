package io.orderflow.order;

import io.orderflow.shared.OrderId;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Maps each reference of a shop to one order, before the order is placed. A repeated reference leads to the same order,
 * which decides whether it is a repetition of the request.
 */
@Repository
class OrderReferences {

    private final JdbcClient jdbc;

    OrderReferences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return the order of the reference: this one, or the one that was first */
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
