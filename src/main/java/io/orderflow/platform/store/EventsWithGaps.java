package io.orderflow.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;

/**
 * Statements that read the next events and those that fill earlier gaps in the sequence of event numbers.
 *
 * <p>Axon's own statement, {@code (range) OR index IN (gaps)}, makes H2 scan the whole table (docs/adr/0002). As a
 * union, both parts are look-ups in the primary key, whatever the age of a gap.
 */
final class EventsWithGaps {

    /** Each event that is read holds a copy of the gaps before it: beyond this number, events are read one by one. */
    private static final int MANY = 10_000;

    private EventsWithGaps() {
    }

    /** Gaps are literals, because there can be more of them than a statement can have parameters. */
    static PreparedStatement prepare(Connection connection, EventSchema schema, long globalIndex, int batchSize,
            List<Long> gaps) throws SQLException {
        String index = schema.globalIndexColumn();
        String select = "SELECT " + schema.trackedEventFields() + " FROM " + schema.domainEventTable() + " WHERE ";
        var statement = connection.prepareStatement(select + index + " > ? AND " + index + " <= ?"
                + " UNION ALL " + select + index + " IN (" + list(gaps) + ") ORDER BY " + index);
        statement.setLong(1, globalIndex);
        statement.setLong(2, globalIndex + (gaps.size() > MANY ? 1 : batchSize));
        return statement;
    }

    /**
     * Selects the events that fill a gap or follow one, ordered by number. Axon drops all gaps before an old event that
     * follows one, up to the first gap that was filled. Its own statement has no order: PostgreSQL may return events
     * that were committed late as the last rows, and they would be skipped for ever. It also reads all events between
     * the first gap and the last.
     */
    static PreparedStatement around(Connection connection, EventSchema schema, SortedSet<Long> gaps)
            throws SQLException {
        List<Long> first = gaps.stream().limit(MANY).toList();
        String index = schema.globalIndexColumn();
        return connection.prepareStatement("SELECT " + index + ", " + schema.timestampColumn() + " FROM "
                + schema.domainEventTable() + " WHERE " + index + " IN ("
                + list(Stream.concat(first.stream(), first.stream().map(gap -> gap + 1)).distinct().toList())
                + ") ORDER BY " + index);
    }

    static String list(Collection<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
