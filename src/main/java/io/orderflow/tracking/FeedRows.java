package io.orderflow.tracking;

import io.orderflow.tracking.Feed.Told;
import io.orderflow.tracking.query.TimelineEntry;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code tracking.feed} and {@code tracking.feed_end}. */
@Repository
class FeedRows {

    private final JdbcTemplate batches;
    private final JdbcClient jdbc;

    FeedRows(JdbcTemplate jdbc) {
        this.batches = jdbc;
        this.jdbc = JdbcClient.create(jdbc);
    }

    long end() {
        return jdbc.sql("SELECT position FROM tracking.feed_end").query(Long.class).single();
    }

    /** Locks out every other writer until the transaction ends. */
    void append(List<TimelineEntry> entries) {
        jdbc.sql("UPDATE tracking.feed_end SET position = position + ?").param(entries.size()).update();
        long position = end() - entries.size();
        List<Object[]> rows = new ArrayList<>();
        for (TimelineEntry entry : entries) {
            rows.add(new Object[] {++position, entry.orderId().value(), entry.id()});
        }
        batches.batchUpdate("INSERT INTO tracking.feed (position, order_id, entry_id) VALUES (?, ?, ?)", rows);
    }

    /** Up to the first entry that is not there, because its timeline is being reset: it comes back. */
    List<Told> after(long position, int limit) {
        List<Told> found = jdbc.sql("""
                SELECT f.position AS feed_position, e.* FROM tracking.feed f
                JOIN tracking.timeline_entry e ON e.order_id = f.order_id AND e.id = f.entry_id
                WHERE f.position > ? AND f.position <= ? ORDER BY f.position""")
                .param(position).param(position + limit)
                .query((row, number) -> new Told(row.getLong("feed_position"), row.getString("shop"),
                        TimelineRows.entry(row, number))).list();
        int known = 0;
        while (known < found.size() && found.get(known).position() == position + known + 1) {
            known++;
        }
        return found.subList(0, known);
    }
}
