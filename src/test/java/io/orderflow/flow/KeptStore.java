package io.orderflow.flow;

import io.orderflow.packaged.TestStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A store of an earlier version ({@code src/test/resources/stores}), an H2 file, to be opened by this one. */
final class KeptStore {

    private KeptStore() {
    }

    /** Puts the store and its gateway's ledger where {@link RunningOrderflow} looks for them. */
    static void unpack(String commit, Path data) throws Exception {
        String place = "/stores/" + commit + '/';
        try (InputStream store = KeptStore.class.getResourceAsStream(place + "orderflow.mv.db.gz");
                var unzipped = new GZIPInputStream(store)) {
            Files.copy(unzipped, data.resolve("orderflow.mv.db"));
        }
        try (InputStream ledger = KeptStore.class.getResourceAsStream(place + "sandbox-gateway.jsonl")) {
            Files.copy(ledger, data.resolve("gateway.jsonl"));
        }
        if (TestStore.isPostgres()) {
            moveToPostgres(data);
        }
    }

    /** As the earlier version would have left it there: its own tables, by its own migrations, with the same rows. */
    private static void moveToPostgres(Path data) throws Exception {
        var h2 = new JdbcTemplate(new DriverManagerDataSource(TestStore.url(data), "sa", ""));
        String version = h2.queryForList("SELECT \"version\" FROM \"platform\".\"flyway_schema_history\""
                + " WHERE \"version\" IS NOT NULL ORDER BY \"installed_rank\" DESC", String.class).get(0);
        Flyway.configure().dataSource(TestStore.dataSource(data)).locations("classpath:db/migration/postgresql")
                .defaultSchema("platform").createSchemas(true).target(version).load().migrate();
        try (var connection = TestStore.dataSource(data).getConnection()) {
            var postgres = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            // No foreign key is checked, so that tables come in any order.
            postgres.execute("SET session_replication_role = replica");
            for (String table : tables(postgres)) {
                copy(table, h2, postgres);
            }
        }
    }

    private static List<String> tables(JdbcTemplate postgres) {
        return postgres.queryForList("SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE"
                + " table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"
                + " AND table_name <> 'flyway_schema_history'", String.class);
    }

    private static void copy(String table, JdbcTemplate h2, JdbcTemplate postgres) {
        postgres.execute("DELETE FROM " + table);
        List<Map<String, Object>> rows = h2.queryForList("SELECT * FROM " + table);
        if (rows.isEmpty()) {
            return;
        }
        List<String> columns = List.copyOf(rows.get(0).keySet());
        postgres.batchUpdate("INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")",
                rows.stream().map(row -> columns.stream().map(row::get).toArray()).toList());
        List<String> generated = postgres.queryForList("SELECT column_name FROM information_schema.columns WHERE"
                + " is_identity = 'YES' AND table_schema || '.' || table_name = ?", String.class, table);
        generated.forEach(column -> postgres.queryForObject("SELECT setval(pg_get_serial_sequence('" + table + "', '"
                + column + "'), MAX(" + column + ")) FROM " + table, Long.class));
    }
}
