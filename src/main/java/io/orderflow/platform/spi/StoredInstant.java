package io.orderflow.platform.spi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Binds and reads columns of type {@code timestamp with time zone} with their offset. {@link java.sql.Timestamp} would
 * use the local time of the virtual machine, which depends on its zone and is ambiguous at the end of daylight saving
 * time.
 */
public final class StoredInstant {

    private StoredInstant() {
    }

    public static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
