package io.orderflow.order;

import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.OrderId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which event of an order the versions of its resource stand for. */
@Repository
class OrderVersions {

    private static final ExpectedVersion AS_PLACED = new ExpectedVersion(1L);
    private static final ExpectedVersion FIRST_EVENT = new ExpectedVersion(0L);

    private final JdbcClient jdbc;

    OrderVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param sequence of the order's last event that this version shows */
    record Present(long version, long sequence) {
    }

    /**
     * The last event of the order that this version of its resource shows; none when it is not the present one. An
     * order that the resource does not show yet was only told as it was placed.
     */
    ExpectedVersion reached(OrderId id, ExpectedVersion seen) {
        return current(id).map(present -> present.version() == seen.value() ? new ExpectedVersion(present.sequence())
                        : ExpectedVersion.NONE)
                .orElse(seen.equals(AS_PLACED) ? FIRST_EVENT : ExpectedVersion.NONE);
    }

    /** Empty while the resource does not show the order. */
    Optional<Present> current(OrderId id) {
        return jdbc.sql("SELECT version, sequence FROM orders.customer_order WHERE id = ?").param(id.value())
                .query((row, number) -> new Present(row.getLong("version"), row.getLong("sequence"))).optional();
    }
}
