package io.orderflow.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;

/**
 * Reads the next events and those that fill earlier gaps.
 *
 * <p>Axon's own statement, {@code (range) OR index IN (gaps)}, makes H2 scan the whole table (docs/adr/0002); bounding
 * the index from below by the first gap keeps it a range of the primary key.
 */
final class EventsWithGaps {

    private EventsWithGaps() {
    }

    static PreparedStatement prepare(Connection connection, EventSchema schema, long globalIndex, int batchSize,
            List<Long> gaps) throws SQLException {
        String index = schema.globalIndexColumn();
        var statement = connection.prepareStatement("SELECT " + schema.trackedEventFields()
                + " FROM " + schema.domainEventTable()
                + " WHERE " + index + " >= ? AND " + index + " <= ? AND (" + index + " > ? OR " + index
                + " IN (" + String.join(",", Collections.nCopies(gaps.size(), "?")) + ")) ORDER BY " + index);
        int parameter = 1;
        statement.setLong(parameter++, Math.min(Collections.min(gaps), globalIndex + 1));
        statement.setLong(parameter++, globalIndex + batchSize);
        statement.setLong(parameter++, globalIndex);
        for (long gap : gaps) {
            statement.setLong(parameter++, gap);
        }
        return statement;
    }
}
