package io.orderflow.flow;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.OrderflowApplication;
import io.orderflow.flow.Shop.Answer;
import io.orderflow.flow.Shop.Line;
import io.orderflow.order.query.FindOrder;
import io.orderflow.order.query.OrderView;
import io.orderflow.packaged.FreePorts;
import io.orderflow.packaged.TestStore;
import io.orderflow.shared.OrderId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Replays of projections that are read and written all the time. */
class ReplayFlowTest {

    private static final Map<String, List<String>> PROJECTIONS = Map.of(
            "order-projection", List.of("orders.customer_order", "orders.order_line", "orders.order_return"),
            "payment-projection", List.of("payments.payment", "payments.operation", "payments.refund"),
            "inventory-projection", List.of("inventory.stock", "inventory.movement"),
            "tracking-timeline", List.of("tracking.timeline_entry"));
    private static final int ORDERS = 200;
    private static final int BUYERS = 8;

    @TempDir
    private static Path data;

    private static RunningOrderflow orderflow;
    private static Shop shop;
    private static JdbcTemplate store;
    private static String returned;

    /** Some thousand events of orders with all outcomes. */
    @BeforeAll
    static void trade() throws Exception {
        orderflow = RunningOrderflow.start(data);
        shop = orderflow.shop();
        store = orderflow.bean(JdbcTemplate.class);
        shop.receive("REPLAY", 100_000);
        shop.receive("SCARCE", 2);
        returned = shop.place("tok_ok", new Line("REPLAY", 2), new Line("SCARCE", 1));
        shop.awaitStatus(returned, "confirmed");
        shop.post("/v1/orders/" + returned + "/shipments", "{}").expect(201);
        shop.awaitStatus(returned, "completed");
        shop.post("/v1/orders/" + returned + "/returns",
                "{\"lines\":[{\"sku\":\"REPLAY\",\"quantity\":1,\"condition\":\"restock\"}],\"reason\":\"test\"}")
                .expect(201);
        String cancelled = shop.place("tok_ok", new Line("REPLAY", 1));
        shop.awaitStatus(cancelled, "confirmed");
        shop.post("/v1/orders/" + cancelled + "/cancellations", "{\"reason\":\"test\"}").expect(201);
        shop.awaitStatus(cancelled, "cancelled");
        shop.awaitStatus(shop.place("tok_declined", new Line("REPLAY", 1)), "rejected");
        shop.awaitStatus(shop.place("tok_ok", new Line("SCARCE", 9)), "rejected");
        try (var buyers = new Buyers()) {
            buyers.buy(ORDERS).get(300, SECONDS);
        }
        await().until(() -> store.queryForObject(
                "SELECT COUNT(*) FROM payments.refund WHERE status = 'SUCCEEDED'", Long.class) == 1);
    }

    @AfterAll
    static void stop() {
        orderflow.close();
    }

    @BeforeEach
    void settle() {
        orderflow.settle();
    }

    @Test
    void every_projection_equals_its_replay() {
        Map<String, List<Map<String, Object>>> before = tables();
        assertThat(before.values()).noneMatch(List::isEmpty);

        for (String projection : PROJECTIONS.keySet()) {
            assertThat(replay(projection).path("rows_differed")).as(projection).allMatch(rows -> rows.asLong() == 0)
                    .hasSize(PROJECTIONS.get(projection).size());
        }

        assertThat(tables()).isEqualTo(before);
        assertThat(letters()).isZero();
    }

    @Test
    void rows_that_are_wrong_missing_or_too_many_are_repaired_and_counted() {
        Map<String, List<Map<String, Object>>> before = tables();
        store.update("UPDATE orders.customer_order SET version = version + 100 WHERE id = ?", returned);
        int lines = store.update("DELETE FROM orders.order_line WHERE order_id > ?", returned);
        store.update("INSERT INTO orders.order_return (return_id, order_id, position, amount, status)"
                + " VALUES ('ret_never', 'ord_never', 0, 1, 'OPEN')");
        store.update("UPDATE payments.payment SET captured = captured + 1");
        int operations = store.update("DELETE FROM payments.operation");
        store.update("UPDATE inventory.stock SET on_hand = on_hand + 1 WHERE sku = 'REPLAY'");
        int movements = store.update("DELETE FROM inventory.movement WHERE sequence > 5 AND sku = 'REPLAY'");
        store.update("UPDATE tracking.timeline_entry SET text = 'damaged' WHERE order_id = ? AND id = 3", returned);

        Map<String, Long> repaired = new LinkedHashMap<>();
        PROJECTIONS.keySet().forEach(projection -> replay(projection).path("rows_differed").fields()
                .forEachRemaining(table -> repaired.put(table.getKey(), table.getValue().asLong())));

        assertThat(repaired).containsExactlyInAnyOrderEntriesOf(Map.of("orders.customer_order", 1L,
                "orders.order_line", (long) lines, "orders.order_return", 1L,
                "payments.payment", (long) before.get("payments.payment").size(),
                "payments.operation", (long) operations, "payments.refund", 0L, "inventory.stock", 1L,
                "inventory.movement", (long) movements, "tracking.timeline_entry", 1L));
        assertThat(tables()).isEqualTo(before);
    }

    @Test
    void reads_and_new_orders_are_served_during_a_replay() throws Exception {
        store.update("UPDATE orders.customer_order SET total = total + 1 WHERE id = ?", returned);
        var over = new AtomicBoolean();
        var seen = new ArrayList<JsonNode>();
        try (var buyers = new Buyers()) {
            var reads = buyers.readUntil(over);
            var bought = buyers.buy(100);
            start("order-projection").expect(202);
            JsonNode replay = status("order-projection");
            while (replay.path("finished_at").isNull()) {
                seen.add(replay);
                replay = status("order-projection");
            }
            assertThat(replay.path("status").asText()).as(replay.toString()).isEqualTo("completed");
            assertThat(replay.path("percentage").asInt()).isEqualTo(100);
            assertThat(replay.path("rows_differed").path("orders.customer_order").asLong())
                    .as("including rows that had later events in the shadow tables").isPositive();
            bought.get(300, SECONDS);
            over.set(true);
            assertThat(reads.get(60, SECONDS)).as("reads meanwhile").isPositive();
        }

        assertThat(seen).extracting(replay -> replay.path("events_handled").asLong()).isSorted()
                .anyMatch(events -> events > 0 && events < 2000);
        assertThat(seen).allMatch(replay -> replay.path("percentage").asInt() < 100)
                .anyMatch(replay -> replay.path("percentage").asInt() > 0);
        orderflow.settle();
        assertThat(replay("order-projection").path("rows_differed")).as("of what came during and after the replay")
                .allMatch(rows -> rows.asLong() == 0);
    }

    @Test
    void nothing_is_published_again() {
        var told = new CopyOnWriteArrayList<OrderView>();
        try (var watch = orderflow.bean(QueryGateway.class).subscriptionQuery(new FindOrder(new OrderId(returned), null),
                OrderView.class, OrderView.class)) {
            watch.updates().subscribe(told::add);
            replay("order-projection");
        }
        assertThat(told).isEmpty();
    }

    @Test
    void an_event_that_fails_is_parked_with_the_later_ones_of_its_order_only() {
        Map<String, List<Map<String, Object>>> before = tables();
        byte[] placed = payloadOfPlaced();
        setPayloadOfPlaced(new String(placed, StandardCharsets.UTF_8).replace("R-1", "R".repeat(200)).getBytes(
                StandardCharsets.UTF_8));

        JsonNode broken = replay("order-projection");

        assertThat(broken.path("parked").asLong()).isGreaterThan(5).isEqualTo(letters());
        assertThat(store.queryForList("SELECT DISTINCT sequence_identifier FROM axon.dead_letter_entry", String.class))
                .containsExactly(returned);
        assertThat(store.queryForList("SELECT id FROM orders.customer_order")).hasSize(
                before.get("orders.customer_order").size() - 1);

        setPayloadOfPlaced(placed);
        // However long the replay takes: a claim counts for half a minute.
        setRetried(DateTimeUtils.formatInstant(Instant.now().plusSeconds(600)));
        start("order-projection").expect(202);
        assertThat(awaitEnd("order-projection").path("failure").asText()).contains("being retried");
        setRetried(null);
        JsonNode restored = replay("order-projection");

        assertThat(restored.path("parked").asLong()).isZero();
        assertThat(letters()).as("letters of the time before").isZero();
        assertThat(tables()).isEqualTo(before);
    }

    @Test
    void a_cutover_that_fails_changes_nothing() {
        store.update("UPDATE orders.customer_order SET version = version + 100 WHERE id = ?", returned);
        store.update("DELETE FROM orders.order_return");
        store.execute("ALTER TABLE orders.order_return ADD CONSTRAINT no_returns CHECK (amount < 0)");
        Map<String, List<Map<String, Object>>> damaged = tables();
        try {
            start("order-projection").expect(202);
            JsonNode failed = awaitEnd("order-projection");
            assertThat(failed.path("status").asText()).isEqualTo("failed");
            assertThat(failed.path("failure").asText()).containsIgnoringCase("no_returns");
            assertThat(failed.path("rows_differed").isNull()).isTrue();
            assertThat(tables()).isEqualTo(damaged);
            shop.awaitStatus(shop.place("tok_ok", new Line("REPLAY", 1)), "confirmed");
        } finally {
            store.execute("ALTER TABLE orders.order_return DROP CONSTRAINT no_returns");
        }
        orderflow.settle();
        assertThat(replay("order-projection").path("rows_differed").path("orders.customer_order").asLong()).isOne();
    }

    @Test
    void a_kill_during_a_replay_leaves_the_projection_as_it_was() throws Exception {
        store.update("UPDATE orders.customer_order SET version = version + 100 WHERE id = ?", returned);
        Map<String, List<Map<String, Object>>> damaged = tables();
        orderflow.stop();
        long killed;
        try {
            killed = killInTheMiddle();
        } finally {
            orderflow.start();
            shop = orderflow.shop();
            store = orderflow.bean(JdbcTemplate.class);
        }

        assertThat(tables()).isEqualTo(damaged);
        shop.get(path("order-projection")).expect(404);
        shop.awaitStatus(shop.place("tok_ok", new Line("REPLAY", 1)), "confirmed");
        orderflow.settle();
        assertThat(replay("order-projection").path("rows_differed").path("orders.customer_order").asLong()).isOne();
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files).as("what the killed process left").noneMatch(
                    file -> file.getFileName().toString().startsWith("orderflow-replay-" + killed + '-'));
        }
    }

    /** @return the number of the process that was killed */
    private static long killInTheMiddle() throws Exception {
        int port = FreePorts.next();
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), OrderflowApplication.class.getName(), "--server.port=" + port,
                "--orderflow.sandbox.embedded=false", "--orderflow.demo.enabled=false"));
        command.addAll(TestStore.isPostgres() ? List.of(TestStore.options(data))
                : List.of("--spring.datasource.url=" + TestStore.url(data)));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true).redirectOutput(data.resolve("killed.log").toFile()).start();
        try {
            var victim = new Shop("http://127.0.0.1:" + port);
            await().ignoreExceptions().until(() -> victim.get("/actuator/health/readiness").status() == 200);
            JsonNode replay;
            do {
                // A replay that completes too early is repeated
                victim.post(path("order-projection"), "").expect(202);
                replay = await().until(() -> victim.get(path("order-projection")).body(),
                        seen -> seen.path("events_handled").asLong() > 0);
            } while (!replay.path("finished_at").isNull());
        } finally {
            process.destroyForcibly().waitFor();
        }
        return process.pid();
    }

    @Test
    void only_projections_are_replayed_and_each_once_at_a_time() {
        assertThat(start("no-such-processor").expect(404).text("code")).isEqualTo("unknown_processor");
        assertThat(start("OrderFulfillmentProcessor").expect(422).text("code")).isEqualTo("not_replayable");
        assertThat(start("payment-gateway").expect(422).text("code")).isEqualTo("not_replayable");

        String path = path("tracking-timeline");
        Answer first = shop.post(path, "", "replay-1").expect(202);
        assertThat(first.header("Location")).isEqualTo(path);
        assertThat(shop.post(path, "", "replay-2").expect(409).text("code")).isEqualTo("replay_running");
        assertThat(shop.post(path, "", "replay-1").expect(202).id()).isEqualTo(first.id());
        awaitEnd("tracking-timeline");
        assertThat(shop.post(path, "", "replay-1").expect(202).text("status")).isEqualTo("completed");
    }

    @Test
    void a_paused_projection_is_replayed_and_stays_paused() {
        String processor = "/v1/operations/processors/tracking-timeline";
        shop.post(processor + "/pause", "").expect(200);
        try {
            store.update("DELETE FROM tracking.timeline_entry WHERE order_id = ?", returned);
            assertThat(replay("tracking-timeline").path("rows_differed").path("tracking.timeline_entry").asLong())
                    .isPositive();
            assertThat(shop.get(processor).expect(200).body().path("running").asBoolean()).isFalse();
        } finally {
            shop.post(processor + "/resume", "").expect(200);
        }
    }

    /**
     * The feed is no projection: a replay moves none of its entries, but appends those that it adds to the timeline.
     */
    @Test
    void entries_that_were_parked_are_appended_to_the_feed_once() {
        store.execute("ALTER TABLE tracking.timeline_entry ADD CONSTRAINT refused CHECK (fact <> 'OrderPlaced' OR at < '"
                + Instant.now() + "')");
        String parked = shop.place("tok_ok", new Line("REPLAY", 1));
        String sound;
        try {
            shop.awaitStatus(parked, "confirmed");
        } finally {
            store.execute("ALTER TABLE tracking.timeline_entry DROP CONSTRAINT refused");
        }
        sound = shop.place("tok_ok", new Line("REPLAY", 1));
        shop.awaitStatus(sound, "confirmed");
        orderflow.settle();
        List<Map<String, Object>> before = feed();
        assertThat(factsInFeed(parked)).isEmpty();

        replay("tracking-timeline");

        assertThat(feed().subList(0, before.size())).isEqualTo(before);
        assertThat(factsInFeed(parked)).containsExactlyElementsOf(factsInFeed(sound)).startsWith("OrderPlaced");
        assertThat(letters()).isZero();
        List<Map<String, Object>> complete = feed();
        assertThat(complete).hasSize(tables().get("tracking.timeline_entry").size());
        assertThat(replay("tracking-timeline").path("rows_differed")).allMatch(rows -> rows.asLong() == 0);
        assertThat(feed()).isEqualTo(complete);
    }

    private static List<Map<String, Object>> feed() {
        return store.queryForList("SELECT position, event_id FROM tracking.feed ORDER BY position");
    }

    private static List<String> factsInFeed(String order) {
        return store.queryForList("SELECT e.fact FROM tracking.feed f JOIN tracking.timeline_entry e ON e.event_id ="
                + " f.event_id WHERE e.order_id = ? ORDER BY f.position", String.class, order);
    }

    @Test
    void the_connection_pool_is_measured() {
        shop.get("/actuator/metrics/hikaricp.connections.max").expect(200);
    }

    private static String path(String projection) {
        return "/v1/operations/processors/" + projection + "/replay";
    }

    private static Answer start(String projection) {
        return shop.post(path(projection), "");
    }

    private static JsonNode status(String projection) {
        return shop.get(path(projection)).expect(200).body();
    }

    private static JsonNode awaitEnd(String projection) {
        return await().until(() -> status(projection), replay -> !replay.path("finished_at").isNull());
    }

    private static JsonNode replay(String projection) {
        start(projection).expect(202);
        JsonNode replay = awaitEnd(projection);
        assertThat(replay.path("status").asText()).as(replay.toString()).isEqualTo("completed");
        return replay;
    }

    private static byte[] payloadOfPlaced() {
        return store.queryForObject("SELECT payload FROM axon.domain_event_entry WHERE aggregate_identifier = ?"
                + " AND sequence_number = 0", byte[].class, returned);
    }

    private static void setPayloadOfPlaced(byte[] payload) {
        assertThat(store.update("UPDATE axon.domain_event_entry SET payload = ? WHERE aggregate_identifier = ?"
                + " AND sequence_number = 0", payload, returned)).isOne();
    }

    private static void setRetried(String since) {
        assertThat(store.update("UPDATE axon.dead_letter_entry SET processing_started = ?", since)).isPositive();
    }

    private static long letters() {
        return store.queryForObject("SELECT COUNT(*) FROM axon.dead_letter_entry", Long.class);
    }

    private static Map<String, List<Map<String, Object>>> tables() {
        var tables = new LinkedHashMap<String, List<Map<String, Object>>>();
        PROJECTIONS.values().forEach(names -> names.forEach(table ->
                tables.put(table, store.queryForList("SELECT * FROM " + table + " ORDER BY 1, 2"))));
        return tables;
    }

    /** Customers who place orders and read them concurrently. */
    private static final class Buyers implements AutoCloseable {

        private final ExecutorService threads = Executors.newFixedThreadPool(BUYERS + 1);

        CompletableFuture<Void> buy(int orders) {
            var left = new AtomicInteger(orders);
            return CompletableFuture.allOf(IntStream.range(0, BUYERS)
                    .mapToObj(buyer -> CompletableFuture.runAsync(() -> {
                        while (left.getAndDecrement() > 0) {
                            shop.post("/v1/orders", Shop.order("tok_ok", new Line("REPLAY", 1)),
                                    UUID.randomUUID().toString(), "Prefer", "wait=20").expect(201);
                        }
                    }, threads)).toArray(CompletableFuture[]::new));
        }

        /** Reads an order repeatedly; it always exists and never goes back to an earlier state. */
        CompletableFuture<Integer> readUntil(AtomicBoolean over) {
            return CompletableFuture.supplyAsync(() -> {
                int reads = 0;
                while (!over.get()) {
                    JsonNode order = shop.get("/v1/orders/" + returned).expect(200).body();
                    assertThat(order.path("status").asText()).isEqualTo("completed");
                    reads++;
                }
                return reads;
            }, threads);
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }
}
