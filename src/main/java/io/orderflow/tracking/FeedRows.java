package io.orderflow.tracking;

import io.orderflow.tracking.Feed.FeedEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

    /**
     * Assigns positions at the end of the feed to events that have none. Blocks other writers until the transaction
     * ends.
     */
    void append(List<String> events) {
        long end = lockedEnd();
        var present = Set.copyOf(jdbc.sql("SELECT event_id FROM tracking.feed WHERE event_id IN (:events)")
                .param("events", events).query(String.class).list());
        List<Object[]> rows = new ArrayList<>();
        for (String event : events) {
            if (!present.contains(event)) {
                rows.add(new Object[] {end + rows.size() + 1, event});
            }
        }
        batches.batchUpdate("INSERT INTO tracking.feed (position, event_id) VALUES (?, ?)", rows);
        setEnd(end + rows.size());
    }

    /** Assigns positions at the end of the feed to all entries that have none; those of one order stay in order. */
    void appendMissing() {
        long end = lockedEnd();
        int added = jdbc.sql("""
                INSERT INTO tracking.feed (position, event_id)
                SELECT :end + ROW_NUMBER() OVER (ORDER BY e.since, e.order_id, e.id), e.event_id
                FROM (SELECT order_id, id, event_id, MAX(at) OVER (PARTITION BY order_id ORDER BY id) AS since
                      FROM tracking.timeline_entry) e
                WHERE NOT EXISTS (SELECT 1 FROM tracking.feed f WHERE f.event_id = e.event_id)""")
                .param("end", end).update();
        setEnd(end + added);
    }

    private long lockedEnd() {
        return jdbc.sql("SELECT position FROM tracking.feed_end FOR UPDATE").query(Long.class).single();
    }

    private void setEnd(long position) {
        jdbc.sql("UPDATE tracking.feed_end SET position = ?").param(position).update();
    }

    /** Stops before the first missing entry: it comes back when the replay of its timeline reaches it. */
    List<FeedEntry> after(long position, int limit) {
        List<FeedEntry> found = jdbc.sql("""
                SELECT f.position AS feed_position, e.* FROM tracking.feed f
                JOIN tracking.timeline_entry e ON e.event_id = f.event_id
                WHERE f.position > ? AND f.position <= ? ORDER BY f.position""")
                .param(position).param(position + limit)
                .query((row, number) -> new FeedEntry(row.getLong("feed_position"), row.getString("shop"),
                        TimelineRows.entry(row, number))).list();
        int known = 0;
        while (known < found.size() && found.get(known).position() == position + known + 1) {
            known++;
        }
        return found.subList(0, known);
    }
}
