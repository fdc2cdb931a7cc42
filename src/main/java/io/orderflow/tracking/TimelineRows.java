package io.orderflow.tracking;

import static io.orderflow.platform.spi.StoredInstant.instant;
import static io.orderflow.platform.spi.StoredInstant.utc;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.WaitingOn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code tracking.timeline_entry}. */
@Repository
class TimelineRows {

    private final JdbcClient jdbc;

    TimelineRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The last entry of an order.
     *
     * @param id        0 when there is no entry
     * @param shop      the shop that placed the order
     * @param waitingOn what the order waits for after the entry
     */
    record Last(long id, @Nullable String shop, @Nullable WaitingOn waitingOn) {
    }

    Last last(OrderId orderId) {
        return jdbc.sql("""
                SELECT id, shop, waiting_code, waiting_since, waiting_deadline
                FROM tracking.timeline_entry WHERE order_id = ? ORDER BY id DESC LIMIT 1""")
                .param(orderId.value())
                .query((row, number) -> new Last(row.getLong("id"), row.getString("shop"), waitingOn(row)))
                .optional().orElse(new Last(0, null, null));
    }

    /** @param event id of the event that the entry describes */
    void add(TimelineEntry entry, @Nullable String shop, String event) {
        WaitingOn waitingOn = entry.waitingOn();
        jdbc.sql("""
                INSERT INTO tracking.timeline_entry (order_id, id, shop, module, fact, text, actor, waiting_code,
                    waiting_since, waiting_deadline, at, event_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(entry.orderId().value()).param(entry.id()).param(shop).param(entry.module()).param(entry.fact())
                .param(entry.text()).param(entry.actor())
                .param(waitingOn == null ? null : waitingOn.code().text())
                .param(waitingOn == null ? null : utc(waitingOn.since()))
                .param(waitingOn == null ? null : utc(waitingOn.deadline()))
                .param(utc(entry.at())).param(event)
                .update();
    }

    /**
     * The entries of an order after one of them, oldest first.
     *
     * @param shop the shop that has to have placed the order, or null for any shop
     */
    List<TimelineEntry> of(OrderId orderId, @Nullable String shop, long after) {
        return jdbc.sql("SELECT * FROM tracking.timeline_entry WHERE order_id = :order AND id > :after"
                        + (shop == null ? "" : " AND shop = :shop") + " ORDER BY id")
                .param("order", orderId.value()).param("after", after).param("shop", shop)
                .query(TimelineRows::entry).list();
    }

    /** @return the orders that have an entry */
    Set<String> present(Collection<String> orders) {
        return Set.copyOf(jdbc.sql("SELECT DISTINCT order_id FROM tracking.timeline_entry WHERE order_id IN (:orders)")
                .param("orders", orders).query(String.class).list());
    }

    void clear() {
        jdbc.sql("DELETE FROM tracking.timeline_entry").update();
    }

    static TimelineEntry entry(ResultSet row, int number) throws SQLException {
        return new TimelineEntry(row.getLong("id"), new OrderId(row.getString("order_id")), row.getString("module"),
                row.getString("fact"), row.getString("text"), row.getString("actor"), waitingOn(row),
                instant(row, "at"));
    }

    private static @Nullable WaitingOn waitingOn(ResultSet row) throws SQLException {
        String code = row.getString("waiting_code");
        return code == null ? null : new WaitingOn(WaitingOn.Code.of(code), instant(row, "waiting_since"),
                instant(row, "waiting_deadline"));
    }
}
