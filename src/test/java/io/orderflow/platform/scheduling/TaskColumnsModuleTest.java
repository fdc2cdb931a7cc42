package io.orderflow.platform.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.packaged.TestStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskColumnsModuleTest {

    @TempDir
    static Path data;

    /** Includes both instants of 02:30 at the end of summer time, and an hour skipped at its beginning. */
    @ParameterizedTest
    @CsvSource({"Europe/Berlin, 2026-07-01T12:00:00.123456Z", "Europe/Berlin, 2026-10-25T00:30:00Z",
            "Europe/Berlin, 2026-10-25T01:30:00Z", "Europe/Berlin, 2026-03-29T02:30:00Z",
            "America/New_York, 2026-03-08T02:30:00Z", "America/New_York, 2026-11-01T06:30:00Z",
            "Asia/Kathmandu, 1970-01-01T00:00:00Z", "Asia/Tokyo, 2026-12-31T23:59:59.999999Z"})
    void keep_the_instant_whatever_the_zone_of_the_database(String zone, Instant instant) throws SQLException {
        DataSource store = TestStore.dataSource(data);
        var columns = new TaskColumns(store);
        try (Connection connection = store.getConnection(); var statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS due");
            statement.execute("CREATE TABLE due (execution_time timestamp(6) with time zone,"
                    + " none timestamp(6) with time zone)");
            statement.execute("SET TIME ZONE '" + zone + "'");
            try (var insert = connection.prepareStatement("INSERT INTO due VALUES (?, ?)")) {
                columns.setInstant(insert, 1, instant);
                columns.setInstant(insert, 2, null);
                insert.execute();
            }
            statement.execute("SET TIME ZONE 'Etc/UTC'");

            try (ResultSet row = statement.executeQuery("SELECT due.*, CAST(EXTRACT(EPOCH FROM execution_time)"
                    + " AS DECIMAL(20, 6)) AS seconds FROM due")) {
                row.next();
                assertThat(columns.getInstant(row, "execution_time")).isEqualTo(instant);
                assertThat(columns.getInstant(row, "none")).isNull();
                assertThat(row.getBigDecimal("seconds").longValue()).isEqualTo(instant.getEpochSecond());
            }
        }
    }
}
