package io.orderflow.shared;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * An instant in a column {@code timestamp with time zone}, which every instant of every table is. It is bound and read
 * with its offset: {@link java.sql.Timestamp} goes through the local time of the virtual machine, which another zone
 * moves and the end of summer time makes ambiguous.
 */
public final class StoredInstant {

    private StoredInstant() {
    }

    /** The value to bind; null for null. */
    public static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    /** The instant in a column of a row; null when there is none. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
