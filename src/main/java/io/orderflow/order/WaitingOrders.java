package io.orderflow.order;

import static io.orderflow.platform.spi.StoredInstant.utc;

import io.orderflow.order.query.ListWaitingOrders;
import io.orderflow.order.query.OrderStatus;
import io.orderflow.order.query.WaitingOrderPage;
import io.orderflow.order.query.WaitingOrderPage.WaitingOrder;
import io.orderflow.platform.spi.Cursor;
import io.orderflow.shared.OrderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what orders wait for, the oldest wait first. */
@Repository
class WaitingOrders {

    private static final Cursor.Place BEFORE_ALL = new Cursor.Place(Instant.EPOCH, "");

    private final JdbcClient jdbc;

    WaitingOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @QueryHandler
    WaitingOrderPage answer(ListWaitingOrders query) {
        var parameters = new HashMap<String, Object>();
        Cursor.Place after = Cursor.place(query.cursor(), BEFORE_ALL);
        parameters.put("since", utc(after.at()));
        parameters.put("id", after.id());
        String where = "WHERE waiting_since >= :since AND (waiting_since > :since OR id > :id)";
        if (query.party() != null) {
            parameters.put("party", query.party().name());
            where += " AND waiting_party = :party";
        }
        if (query.code() != null) {
            parameters.put("code", query.code());
            where += " AND waiting_code = :code";
        }
        parameters.put("limit", query.limit() + 1);
        List<WaitingOrder> found = jdbc.sql("SELECT id, reference, status, waiting_code, waiting_since,"
                        + " waiting_deadline FROM orders.customer_order " + where
                        + " ORDER BY waiting_since, id LIMIT :limit").params(parameters)
                .query((row, number) -> order(row)).list();
        boolean more = found.size() > query.limit();
        List<WaitingOrder> items = more ? found.subList(0, query.limit()) : found;
        return new WaitingOrderPage(items, more ? cursor(items.get(items.size() - 1)) : null);
    }

    private static WaitingOrder order(ResultSet row) throws SQLException {
        return new WaitingOrder(new OrderId(row.getString("id")), row.getString("reference"),
                OrderStatus.valueOf(row.getString("status")),
                OrderRows.waitingOn(row));
    }

    private static String cursor(WaitingOrder last) {
        return Cursor.after(last.waitingOn().since(), last.orderId());
    }
}
