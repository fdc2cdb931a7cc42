package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Large objects live outside their table, are not deleted with it and not in its backup; bytea has none of that. */
@EnabledIf("io.orderflow.packaged.TestStore#isPostgres")
class ColumnsFlowTest {

    private static final List<String> SCHEMAS =
            List.of("axon", "orders", "payments", "inventory", "tracking", "platform");

    @Test
    void no_column_is_a_large_object(@TempDir Path data) {
        try (var orderflow = RunningOrderflow.start(data)) {
            var jdbc = orderflow.bean(JdbcTemplate.class);

            var schemas = jdbc.queryForList("SELECT DISTINCT table_schema FROM information_schema.columns"
                    + " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')", String.class);
            var large = jdbc.queryForList("SELECT table_schema || '.' || table_name || '.' || column_name"
                    + " FROM information_schema.columns WHERE (data_type IN ('oid', 'lo') OR udt_name IN ('oid', 'lo'))"
                    + " AND table_schema NOT IN ('pg_catalog', 'information_schema')", String.class);

            assertThat(schemas).containsAll(SCHEMAS);
            assertThat(large).isEmpty();
        }
    }
}
