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
 * Reads the next events and those that fill earlier gaps, and tells which gaps nothing will fill any more.
 *
 * <p>Axon's own statement, {@code (range) OR index IN (gaps)}, makes H2 scan the whole table (docs/adr/0002); as a union
 * both halves are look-ups in the primary key, however long ago a gap was left.
 */
final class EventsWithGaps {

    /** Every event that is read holds a copy of the gaps before it: with so many, events are read one by one. */
    private static final int MANY = 10_000;

    private EventsWithGaps() {
    }

    /** The gaps stand in the statement as they are: there can be more of them than a statement has parameters. */
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
     * The events that fill gaps or follow one, in their order. Axon gives up all gaps before an old event that follows one,
     * but stops at the first that was filled; its own statement has no order, and PostgreSQL may return what was
     * committed late last: these events would then be skipped for ever. It also reads all events between the first
     * gap and the last, however many those are.
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
