package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.flow.Shop.Line;
import io.orderflow.packaged.ApplicationProcess;
import io.orderflow.packaged.TestStore;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagedJarIT {

    private static final Path JAR = Path.of(System.getProperty("orderflow.jar"));
    private static final int CLIENTS = 8;
    private static final int KILLS = 3;
    private static final int ORDERS_BEFORE_EACH_KILL = 40;

    @Test
    void takes_an_order_of_the_demo_catalogue_to_its_end(@TempDir Path data) throws Exception {
        try (var orderflow = ApplicationProcess.start(JAR, data, TestStore.options(data))) {
            var shop = new Shop(orderflow.url());
            var placed = shop.post("/v1/orders", Shop.order("tok_ok", new Line("MUG-BLUE", 2)), "first", "Prefer",
                    "wait=20").expect(201);
            assertThat(placed.text("status")).isEqualTo("confirmed");
            shop.post("/v1/orders/" + placed.id() + "/shipments", "{}").expect(201);
            shop.awaitStatus(placed.id(), "completed");
            if (!TestStore.isPostgres()) {
                assertThat(check(data)).as("a store that is in use is not checked").isEqualTo(2);
            }
        }
        assertThat(check(data)).as(Files.readString(data.resolve("check.log"))).isZero();
    }

    /** Runs the check on the command line, and answers its exit code. */
    private static int check(Path data) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
                JAR.toAbsolutePath().toString(), "check"));
        command.addAll(List.of(TestStore.options(data)));
        return new ProcessBuilder(command).directory(data.toFile()).redirectErrorStream(true)
                .redirectOutput(data.resolve("check.log").toFile()).start().waitFor();
    }

    @Test
    void loses_no_acknowledged_order_when_it_is_killed_and_finishes_what_it_began(@TempDir Path data)
            throws Exception {
        Map<String, String> acknowledged = new ConcurrentHashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            var orderflow = ApplicationProcess.start(JAR, data, TestStore.options(data));
            var shop = new Shop(orderflow.url());
            if (kill == 0) {
                shop.receive("KILLED", 100_000);
            }
            placeUntilKilled(orderflow, shop, kill, acknowledged);
        }
        try (var orderflow = ApplicationProcess.start(JAR, data, TestStore.options(data))) {
            var shop = new Shop(orderflow.url());
            assertThat(acknowledged).hasSizeGreaterThan(KILLS * ORDERS_BEFORE_EACH_KILL);
            acknowledged.forEach((key, id) -> assertThat(shop.post("/v1/orders", order(), key).expect(201).id())
                    .isEqualTo(id));
            await().untilAsserted(() -> assertThat(
                    shop.get("/v1/orders?status=placed").expect(200).body().path("items")).isEmpty());
            int confirmed = confirmed(shop);
            assertThat(confirmed).isGreaterThanOrEqualTo(acknowledged.size());
            await().untilAsserted(() ->
                    assertThat(shop.stock("KILLED").path("reserved").asInt()).isEqualTo(confirmed));
        }
    }

    private static void placeUntilKilled(ApplicationProcess orderflow, Shop shop, int round,
            Map<String, String> acknowledged) throws Exception {
        var killed = new AtomicBoolean();
        var clients = Executors.newFixedThreadPool(CLIENTS);
        int before = acknowledged.size();
        List<Future<?>> work = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            String prefix = "kill-" + round + "-" + client + "-";
            work.add(clients.submit(() -> {
                for (int order = 0; !killed.get(); order++) {
                    try {
                        acknowledged.put(prefix + order,
                                shop.post("/v1/orders", order(), prefix + order).expect(201).id());
                    } catch (UncheckedIOException dead) {
                        return;
                    }
                }
            }));
        }
        await().until(() -> acknowledged.size() > before + ORDERS_BEFORE_EACH_KILL);
        orderflow.kill();
        killed.set(true);
        for (Future<?> each : work) {
            each.get();
        }
        clients.shutdown();
    }

    private static String order() {
        return Shop.order("tok_ok", new Line("KILLED", 1));
    }

    private static int confirmed(Shop shop) {
        int confirmed = 0;
        String cursor = "";
        while (cursor != null) {
            JsonNode page = shop.get("/v1/orders?limit=200&status=confirmed" + cursor).expect(200).body();
            confirmed += page.path("items").size();
            cursor = page.path("next").isNull() ? null : "&cursor=" + page.path("next").asText();
        }
        return confirmed;
    }
}
