package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.flow.Shop.Answer;
import io.orderflow.flow.Shop.Line;
import io.orderflow.platform.store.durability.SlowFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** The disk of the embedded store is full for a while, without a restart of the application. */
@DisabledIf("io.orderflow.packaged.TestStore#isPostgres")
@ExtendWith(OutputCaptureExtension.class)
class FullDiskFlowTest {

    private static final int CLIENTS = 4;
    private static final int ORDERS_BEFORE_AND_AFTER = 10;
    /** By then Axon would pause for 16 s between the attempts of a processor. */
    private static final int OUTAGE_SECONDS = 20;

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final Queue<Answer> failures = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();

    @AfterEach
    void makeRoom() {
        over.set(true);
        SlowFiles.setFull(false);
    }

    @Test
    void answers_503_while_the_disk_is_full_loses_nothing_and_recovers(@TempDir Path data, CapturedOutput log)
            throws Exception {
        SlowFiles.register();
        try (var orderflow = RunningOrderflow.start(data, "spring.datasource.url=jdbc:h2:retry:slow:"
                + data.resolve("orderflow").toAbsolutePath(), "logging.level.root=info")) {
            Shop shop = orderflow.shop();
            shop.receive("FULL", 100_000);
            String first = shop.place("tok_ok", new Line("FULL", 1));
            List<Future<?>> clients = load(shop);
            await().dontCatchUncaughtExceptions().until(() -> acknowledged.size() > ORDERS_BEFORE_AND_AFTER);
            int begun = log.length();

            SlowFiles.setFull(true);
            await().dontCatchUncaughtExceptions().until(() -> readiness(shop) == 503);
            assertThat(shop.get("/actuator/health").status()).isEqualTo(503);
            assertThat(shop.get("/actuator/health/liveness").status()).isEqualTo(200);
            int during = acknowledged.size();
            failures.add(shop.get("/v1/orders/" + first));
            failures.add(shop.post("/v1/operations/backups", ""));
            TimeUnit.SECONDS.sleep(OUTAGE_SECONDS);
            assertThat(acknowledged).hasSizeLessThan(during + CLIENTS + 1);

            SlowFiles.setFull(false);
            await().dontCatchUncaughtExceptions().until(() -> readiness(shop) == 200);
            var processors = orderflow.bean(EventProcessingConfiguration.class).eventProcessors().values();
            await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(5)).until(() -> processors.stream()
                    .noneMatch(EventProcessor::isError));
            int before = acknowledged.size();
            await().dontCatchUncaughtExceptions().until(() -> acknowledged.size() > before + ORDERS_BEFORE_AND_AFTER);
            over.set(true);
            for (Future<?> client : clients) {
                client.get();
            }

            assertThat(failures).hasSizeGreaterThan(CLIENTS).allSatisfy(failure -> {
                assertThat(failure.status()).as(failure.response().body()).isEqualTo(503);
                assertThat(failure.header("Retry-After")).isNotBlank();
                assertThat(failure.text("code")).isNotBlank();
            });
            var jdbc = orderflow.bean(JdbcTemplate.class);
            assertThat(acknowledged.values()).doesNotHaveDuplicates();
            await().dontCatchUncaughtExceptions().untilAsserted(() -> assertThat(jdbc.queryForList(
                    "SELECT id FROM orders.customer_order WHERE status = 'CONFIRMED'", String.class))
                    .contains(first).containsAll(acknowledged.values()));
            assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM axon.dead_letter_entry", Long.class)).isZero();
            assertThat(log.toString().substring(begun)).containsOnlyOnce("The store is unavailable")
                    .containsOnlyOnce("The store is back").doesNotContain("\tat ", "is releasing claims");
        }
        try (var files = Files.list(data)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".trace.db"));
        }
    }

    /** Each client repeats an order under its key until it is acknowledged. */
    private List<Future<?>> load(Shop shop) {
        var pool = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            String prefix = "full-" + client + "-";
            clients.add(pool.submit(() -> {
                for (int order = 0; !over.get(); order++) {
                    place(shop, prefix + order);
                }
            }));
        }
        pool.shutdown();
        return clients;
    }

    private void place(Shop shop, String key) {
        await().dontCatchUncaughtExceptions().pollInterval(Duration.ofMillis(100)).until(() -> {
            var answer = shop.post("/v1/orders", Shop.order("tok_ok", new Line("FULL", 1)), key);
            if (answer.status() == 201) {
                acknowledged.put(key, answer.id());
                return true;
            }
            failures.add(answer);
            return over.get();
        });
    }

    private static int readiness(Shop shop) {
        return shop.get("/actuator/health/readiness").status();
    }
}
