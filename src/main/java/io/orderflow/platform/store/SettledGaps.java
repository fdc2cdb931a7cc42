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
 * Determines which gaps in the sequence of event numbers are final, from PostgreSQL's locks instead of elapsed time or
 * later numbers. The events of a transaction are never skipped, however long it takes.
 *
 * <p>A transaction that was assigned an event number holds a {@code RowExclusiveLock} on the event table until it ends,
 * and its commit becomes visible before it releases its locks. Numbers are assigned in ascending order. Therefore a gap
 * below a visible number is final once every transaction that held such a lock at that time has ended.
 */
final class SettledGaps {

    private static final String APPENDING = "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation'"
            + " AND mode = 'RowExclusiveLock' AND granted AND relation = CAST(? AS regclass)"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    private Set<String> pending = Set.of();
    private long pendingBelow;
    private long settledBelow;

    /** Returns one artificial old event behind the last final gap, because Axon drops all gaps before an old event. */
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

    /** @param seen a number that was visible before this call */
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

    /** Has to be a statement that begins after the locks were read, so that it sees earlier commits. */
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
