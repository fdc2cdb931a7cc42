package io.orderflow.platform.scheduling;

import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import io.orderflow.platform.spi.StoredInstant;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import javax.sql.DataSource;

/**
 * Binds and reads db-scheduler's instants, whose columns are {@code timestamp with time zone}. Its own methods are for
 * columns without a zone: H2 interprets their values as local time of the virtual machine, so that due times would move
 * when the application starts in another zone (kagkarlsson/db-scheduler#794).
 */
final class TaskColumns extends AutodetectJdbcCustomization {

    TaskColumns(DataSource dataSource) {
        super(dataSource, true);
    }

    @Override
    public void setInstant(PreparedStatement statement, int parameter, Instant value) throws SQLException {
        statement.setObject(parameter, StoredInstant.utc(value), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    @Override
    public Instant getInstant(ResultSet row, String column) throws SQLException {
        return StoredInstant.instant(row, column);
    }
}
