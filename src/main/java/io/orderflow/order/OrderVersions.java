package io.orderflow.order;

import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.OrderId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which event of an order the versions of its resource stand for. */
@Repository
class OrderVersions {

    private final JdbcClient jdbc;

    OrderVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The last event of the order that this version of its resource shows; none when it is not the present one. */
    ExpectedVersion reached(OrderId id, ExpectedVersion seen) {
        return jdbc.sql("SELECT sequence FROM orders.customer_order WHERE id = ? AND version = ?")
                .params(id.value(), seen.value()).query(Long.class).optional().map(ExpectedVersion::new)
                .orElse(ExpectedVersion.NONE);
    }

    long current(OrderId id) {
        return jdbc.sql("SELECT version FROM orders.customer_order WHERE id = ?").param(id.value()).query(Long.class)
                .single();
    }
}
