package io.orderflow.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;

/**
 * Tells which gaps in the sequence of events nothing will fill any more, from PostgreSQL's locks instead of the time that
 * has passed or the numbers that have followed: however long a transaction is held up, what it appends is not skipped.
 *
 * <p>A transaction that has been given an event number holds a {@code RowExclusiveLock} on the table of events until it
 * ends, and what it has committed can be seen before it releases its locks. Numbers are given out in their order. So a gap
 * below a number that could be seen is final once every transaction that held such a lock then has ended.
 */
final class SettledGaps {

    private static final String APPENDING = "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation'"
            + " AND mode = 'RowExclusiveLock' AND granted AND relation = CAST(? AS regclass)"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    private Set<String> pending = Set.of();
    private long pendingBelow;
    private long settledBelow;

    /** One made-up old event behind the last gap to give up, because Axon gives up all gaps before an old event. */
    PreparedStatement behind(Connection connection, EventSchema schema, SortedSet<Long> gaps) throws SQLException {
        Set<Long> settled = new HashSet<>(gaps.headSet(settledBelow(connection, schema, gaps.last() + 1)));
        settled.removeAll(filled(connection, schema, settled));
        long last = -1;
        for (long gap : gaps) {
            if (!settled.contains(gap)) {
                break;
            }
            last = gaps.contains(gap + 1) ? last : gap;
        }
        var statement = connection.prepareStatement("SELECT CAST(? AS BIGINT) AS %s, CAST(? AS VARCHAR) AS %s WHERE ?"
                .formatted(schema.globalIndexColumn(), schema.timestampColumn()));
        statement.setLong(1, last + 1);
        statement.setString(2, Instant.EPOCH.toString());
        statement.setBoolean(3, last >= 0);
        return statement;
    }

    /** @param seen a number that could be seen before this was asked */
    private synchronized long settledBelow(Connection connection, EventSchema schema, long seen) throws SQLException {
        Set<String> appending = appending(connection, schema);
        if (appending.isEmpty()) {
            settledBelow = Math.max(settledBelow, seen);
        }
        if (Collections.disjoint(pending, appending)) {
            settledBelow = Math.max(settledBelow, pendingBelow);
            pending = appending;
            pendingBelow = seen;
        }
        return settledBelow;
    }

    private static Set<String> appending(Connection connection, EventSchema schema) throws SQLException {
        var transactions = new HashSet<String>();
        try (var statement = connection.prepareStatement(APPENDING)) {
            statement.setString(1, schema.domainEventTable());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    transactions.add(rows.getString(1));
                }
            }
        }
        return transactions;
    }

    /** In a statement that begins after the locks were read: it sees what was committed before. */
    private static Set<Long> filled(Connection connection, EventSchema schema, Set<Long> gaps) throws SQLException {
        var filled = new HashSet<Long>();
        if (!gaps.isEmpty()) {
            String index = schema.globalIndexColumn();
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT " + index + " FROM " + schema.domainEventTable()
                            + " WHERE " + index + " IN (" + EventsWithGaps.list(gaps) + ")")) {
                while (rows.next()) {
                    filled.add(rows.getLong(1));
                }
            }
        }
        return filled;
    }
}
