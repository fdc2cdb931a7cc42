package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.flow.Shop.Answer;
import io.orderflow.flow.Shop.Line;
import io.orderflow.packaged.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** The database dies under load, again and again, and the application is never restarted for it. */
@EnabledIf("io.orderflow.packaged.TestStore#isPostgres")
class PostgresRestartFlowTest {

    private static final int CLIENTS = 6;
    private static final int KILLS = 3;
    private static final int ORDERS_BETWEEN_KILLS = 20;

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final Queue<Answer> failures = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void every_acknowledged_order_is_there_once_and_goes_on_to_its_confirmation(@TempDir Path data) throws Exception {
        try (var postgres = PostgresServer.start(data)) {
            postgres.create("orderflow");
            try (var orderflow = RunningOrderflow.start(data, "spring.profiles.active=postgres",
                    "spring.datasource.url=" + postgres.url("orderflow"),
                    "spring.datasource.username=" + postgres.user(),
                    "spring.datasource.hikari.connection-timeout=2000")) {
                var shop = orderflow.shop();
                shop.receive("OUTAGE", 100_000);
                List<Future<?>> clients = load(shop);
                for (int kill = 0; kill < KILLS; kill++) {
                    int before = acknowledged.size();
                    await().dontCatchUncaughtExceptions().until(() -> acknowledged.size() > before + ORDERS_BETWEEN_KILLS);
                    postgres.kill();
                    await().dontCatchUncaughtExceptions().until(() -> readiness(shop) == 503);
                    postgres.start();
                    await().dontCatchUncaughtExceptions().until(() -> readiness(shop) == 200);
                }
                over.set(true);
                for (Future<?> client : clients) {
                    client.get();
                }

                assertThat(failures).isNotEmpty().allSatisfy(failure -> {
                    assertThat(failure.status()).as(failure.response().body()).isEqualTo(503);
                    assertThat(failure.header("Retry-After")).isNotBlank();
                    assertThat(failure.text("code")).isNotBlank();
                });
                var jdbc = orderflow.bean(JdbcTemplate.class);
                assertThat(acknowledged.values()).doesNotHaveDuplicates();
                await().dontCatchUncaughtExceptions().untilAsserted(() -> assertThat(jdbc.queryForList(
                        "SELECT id FROM orders.customer_order WHERE status = 'CONFIRMED'", String.class))
                        .containsExactlyInAnyOrderElementsOf(acknowledged.values()));
                assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM axon.dead_letter_entry", Long.class)).isZero();
            }
        }
    }

    /** Each sends an order again under its key until it is acknowledged, so that none is left behind unknown. */
    private List<Future<?>> load(Shop shop) {
        var pool = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            String prefix = "outage-" + client + "-";
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
        await().dontCatchUncaughtExceptions().until(() -> {
            var answer = shop.post("/v1/orders", Shop.order("tok_ok", new Line("OUTAGE", 1)), key);
            if (answer.status() == 201) {
                acknowledged.put(key, answer.id());
                return true;
            }
            failures.add(answer);
            return false;
        });
    }

    private static int readiness(Shop shop) {
        return shop.get("/actuator/health/readiness").status();
    }
}
