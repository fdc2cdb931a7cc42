package io.orderflow.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;

/**
 * Reads the next events and those that fill earlier gaps, and tells which gaps nothing will fill any more.
 *
 * <p>Axon's own statement, {@code (range) OR index IN (gaps)}, makes H2 scan the whole table (docs/adr/0002); as a union
 * both halves are look-ups in the primary key, however long ago a gap was left.
 */
final class EventsWithGaps {

    private EventsWithGaps() {
    }

    static PreparedStatement prepare(Connection connection, EventSchema schema, long globalIndex, int batchSize,
            List<Long> gaps) throws SQLException {
        String index = schema.globalIndexColumn();
        String select = "SELECT " + schema.trackedEventFields() + " FROM " + schema.domainEventTable() + " WHERE ";
        var statement = connection.prepareStatement(select + index + " > ? AND " + index + " <= ?"
                + " UNION ALL " + select + index + " IN (" + String.join(",", Collections.nCopies(gaps.size(), "?"))
                + ") ORDER BY " + index);
        int parameter = 1;
        statement.setLong(parameter++, globalIndex);
        statement.setLong(parameter++, globalIndex + batchSize);
        for (long gap : gaps) {
            statement.setLong(parameter++, gap);
        }
        return statement;
    }

    /**
     * The events around the gaps, in their order. Axon gives up all gaps before an old event that follows one, but stops
     * at the first that was filled; its own statement has no order, and PostgreSQL may return what was committed late
     * last: these events would then be skipped for ever.
     */
    static PreparedStatement around(Connection connection, EventSchema schema, SortedSet<Long> gaps)
            throws SQLException {
        String index = schema.globalIndexColumn();
        var statement = connection.prepareStatement("SELECT " + index + ", " + schema.timestampColumn() + " FROM "
                + schema.domainEventTable() + " WHERE " + index + " >= ? AND " + index + " <= ? ORDER BY " + index);
        statement.setLong(1, gaps.first());
        statement.setLong(2, gaps.last() + 1);
        return statement;
    }
}
