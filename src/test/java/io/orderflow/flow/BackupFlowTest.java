package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.flow.Shop.Line;
import io.orderflow.audit.StoreCheck;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class BackupFlowTest {

    private static final String BACKUPS = "/v1/operations/backups";

    @Test
    @DisabledIf("io.orderflow.packaged.TestStore#isPostgres")
    void is_of_one_moment_while_orders_come_in(@TempDir Path data, @TempDir Path restored) throws Exception {
        var placed = new AtomicInteger();
        var over = new AtomicBoolean();
        try (var orderflow = RunningOrderflow.start(data)) {
            var shop = orderflow.shop();
            shop.receive("KEPT", 10_000);
            var clients = Executors.newFixedThreadPool(2);
            for (int client = 0; client < 2; client++) {
                clients.submit(() -> {
                    while (!over.get()) {
                        shop.place("tok_ok", new Line("KEPT", 1));
                        placed.incrementAndGet();
                    }
                });
            }
            while (placed.get() < 20) {
                Thread.sleep(20);
            }
            int before = placed.get();

            JsonNode backup = shop.post(BACKUPS, "{}", "nightly").expect(201).body();

            over.set(true);
            clients.shutdown();
            assertThat(shop.post(BACKUPS, "{}", "nightly").expect(201).body()).isEqualTo(backup);
            Path zip = Path.of(backup.path("file").asText());
            assertThat(Files.size(zip)).isEqualTo(backup.path("bytes").asLong());
            unzip(zip, restored.resolve("orderflow.mv.db"));
            var rows = new JdbcTemplate(new DriverManagerDataSource("jdbc:h2:" + restored.resolve("orderflow"), "sa", ""));
            assertThat(rows.queryForObject("SELECT COUNT(*) FROM axon.domain_event_entry WHERE payload_type ="
                    + " 'order.OrderPlaced'", Integer.class)).isGreaterThanOrEqualTo(before);
        }
        // Its gateway has gone on since: only the ledgers may differ.
        var report = new ByteArrayOutputStream();
        StoreCheck.check(new PrintStream(report, true, StandardCharsets.UTF_8), "--gateway-ledger=" + data.resolve("gateway.jsonl"),
                "--spring.datasource.url=jdbc:h2:" + restored.resolve("orderflow"));
        assertThat(report.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("violated")))
                .allMatch(line -> line.contains(" M3 "));
        assertThat(report.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("holds"))).hasSizeGreaterThanOrEqualTo(13);
    }

    @Test
    @EnabledIf("io.orderflow.packaged.TestStore#isPostgres")
    void is_the_databases_own_affair_where_there_is_a_database(@TempDir Path data) {
        try (var orderflow = RunningOrderflow.start(data)) {
            assertThat(orderflow.shop().post(BACKUPS, "{}").expect(409).text("code")).isEqualTo("not_embedded");
        }
    }

    private static void unzip(Path zip, Path store) throws Exception {
        try (InputStream file = Files.newInputStream(zip); var entries = new ZipInputStream(file)) {
            assertThat(entries.getNextEntry().getName()).isEqualTo("orderflow.mv.db");
            Files.copy(entries, store);
        }
    }
}
