package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.orderflow.flow.Shop.Line;
import io.orderflow.inventory.event.StockReceived;
import io.orderflow.packaged.DemoUser;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import java.nio.file.Path;
import java.util.UUID;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** What operators see and do, on the whole application. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class OperationsFlowTest {

    static final String PROCESSORS = "/v1/operations/processors";
    private static final String READINESS = "/actuator/health/readiness";
    static final String LETTERS = "/v1/operations/dead-letters";

    private RunningOrderflow orderflow;
    private Shop shop;

    @BeforeAll
    void start(@TempDir Path data) {
        orderflow = RunningOrderflow.start(data, "orderflow.dead-letters.every=100ms",
                "orderflow.dead-letters.first=1h", "orderflow.processors.error-tolerance=1s");
    }

    @BeforeEach
    void take_the_shop_as_it_is() {
        shop = orderflow.shop();
    }

    @AfterAll
    void stop() {
        orderflow.close();
    }

    @Nested
    class The_log {

        @Test
        void says_who_has_done_what_by_hand() {
            try (var log = new HeardLog("io.orderflow.platform.web.request.OperatorLog")) {
                shop.post(PROCESSORS + "/inventory-projection/pause", "").expect(200);
                shop.post(PROCESSORS + "/inventory-projection/resume", "").expect(200);
                shop.post(PROCESSORS + "/inventory-projection/split?segment=7", "").expect(409);
                shop.post(LETTERS + "/nobody/retry", "").expect(404);
                shop.get(PROCESSORS).expect(200);

                assertThat(log.lines()).containsExactly(
                        "admin asked for POST " + PROCESSORS + "/inventory-projection/pause: 200",
                        "admin asked for POST " + PROCESSORS + "/inventory-projection/resume: 200",
                        "admin asked for POST " + PROCESSORS + "/inventory-projection/split?segment=7: 409",
                        "admin asked for POST " + LETTERS + "/nobody/retry: 404");
            }
        }

        @Test
        void says_how_a_circuit_breaker_changes() {
            try (var log = new HeardLog("io.orderflow.operations.BreakerHistory")) {
                var breaker = orderflow.bean(CircuitBreakerRegistry.class).circuitBreaker("overview-stock");
                breaker.transitionToOpenState();
                breaker.transitionToClosedState();

                assertThat(log.lines()).containsExactly("Circuit breaker overview-stock changed from closed to open",
                        "Circuit breaker overview-stock changed from open to closed");
            }
        }

        @Test
        void says_of_a_replay_what_came_of_it_and_not_how_its_tables_were_made() {
            try (var tables = new HeardLog("org.flywaydb"); var log = new HeardLog("io.orderflow.platform.replay")) {
                String path = PROCESSORS + "/payment-projection/replay";
                shop.post(path, "").expect(202);
                await().until(() -> shop.get(path).text("status").equals("completed"));

                assertThat(tables.lines()).isEmpty();
                assertThat(log.lines()).singleElement().asString().startsWith("payment-projection is replayed: ");
            }
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class processors {

        @Test
        void are_listed_with_those_of_the_sagas_and_catch_up() {
            JsonNode all = await().until(() -> shop.get(PROCESSORS).expect(200).body(),
                    list -> !list.findValuesAsText("caught_up").contains("false"));

            assertThat(all.path("items").findValuesAsText("name")).contains("OrderFulfillmentProcessor",
                    "AfterSalesProcessor", "order-projection", "payment-gateway", "tracking-timeline");
            JsonNode one = all.path("items").path(0);
            assertThat(one.path("running").asBoolean()).isTrue();
            assertThat(one.path("lag").asLong()).isZero();
            assertThat(one.path("segments").path(0).path("position").asLong()).isEqualTo(one.path("head").asLong());
            assertThat(one.path("segments").path(0).path("node").asText()).isNotEmpty();
        }

        private JsonNode projection(Shop reader, String name) {
            JsonNode all = reader.get("/v1/projections").expect(200).body().path("items");
            assertThat(all.findValuesAsText("name")).containsExactly("inventory-projection", "order-projection",
                    "payment-projection", "tracking-timeline");
            return all.path(all.findValuesAsText("name").indexOf(name));
        }

        @Test
        void that_are_not_there_are_a_problem() {
            assertThat(shop.get(PROCESSORS + "/nobody").expect(404).text("code")).isEqualTo("unknown_processor");
            assertThat(shop.post(PROCESSORS + "/nobody/pause", "").expect(404).text("code"))
                    .isEqualTo("unknown_processor");
        }

        @Test
        void rest_while_they_are_paused_also_over_a_restart_and_then_go_on() {
            shop.receive("PAUSED", 5);
            shop.post(PROCESSORS + "/tracking-timeline/pause", "").expect(200);
            JsonNode paused = shop.post(PROCESSORS + "/tracking-timeline/pause", "").expect(200).body();
            assertThat(paused.path("running").asBoolean()).isFalse();
            assertThat(paused.path("paused_at").asText()).isNotEmpty();
            JsonNode told = projection(shop.as(DemoUser.SHOP), "tracking-timeline");
            assertThat(told.path("state").asText()).isEqualTo("paused");
            assertThat(told.path("since").asText()).isEqualTo(paused.path("paused_at").asText());

            String id = shop.place("tok_ok", new Line("PAUSED", 1));
            shop.awaitStatus(id, "confirmed");
            assertThat(shop.get(PROCESSORS + "/tracking-timeline").body().path("lag").asLong()).isPositive();
            orderflow.restart();
            shop = orderflow.shop();
            shop.awaitStatus(shop.place("tok_ok", new Line("PAUSED", 1)), "confirmed");
            JsonNode restarted = shop.get(PROCESSORS + "/tracking-timeline").body();
            assertThat(restarted.path("running").asBoolean()).isFalse();
            assertThat(restarted.path("lag").asLong()).isPositive();

            assertThat(shop.post(PROCESSORS + "/tracking-timeline/resume", "").expect(200).body()
                    .path("paused_at").isNull()).isTrue();
            await().until(() ->
                    shop.get(PROCESSORS + "/tracking-timeline").body().path("caught_up").asBoolean());
            assertThat(shop.get("/v1/orders/" + id + "/timeline").expect(200).body().path("entries")).isNotEmpty();
        }

        /** An event that cannot be handled would be parked; here that is not possible either. */
        @Test
        void that_do_not_get_on_make_the_node_unready_until_they_do() {
            var jdbc = orderflow.bean(JdbcTemplate.class);
            shop.get(READINESS).expect(200);
            jdbc.execute("ALTER TABLE inventory.movement RENAME TO movement_away");
            jdbc.execute("ALTER TABLE axon.dead_letter_entry ADD CONSTRAINT no_room CHECK (sequence_identifier <>"
                    + " 'stock_UNREADY')");
            shop.post("/v1/stock/UNREADY/receipts", "{\"quantity\":5}").expect(201);

            await().until(() -> shop.get(READINESS).status() == 503);
            shop.get("/actuator/health/liveness").expect(200);
            assertThat(shop.get(PROCESSORS + "/inventory-projection").expect(200).text("error")).isNotNull();
            assertThat(projection(shop, "inventory-projection").path("state").asText()).isEqualTo("failing");
            assertThat(projection(shop, "order-projection").path("state").asText()).isEqualTo("up_to_date");

            jdbc.execute("ALTER TABLE axon.dead_letter_entry DROP CONSTRAINT no_room");
            jdbc.execute("ALTER TABLE inventory.movement_away RENAME TO movement");
            await().until(() -> shop.get(READINESS).status() == 200);
            await().until(() -> shop.get("/v1/stock/UNREADY").status() == 200);
        }

        @Test
        void are_split_and_merged() {
            assertThat(await().until(
                    () -> shop.post(PROCESSORS + "/payment-projection/split?segment=0", ""),
                    answer -> answer.status() == 200).body().path("segments")).hasSize(2);
            await().until(() -> shop.post(PROCESSORS + "/payment-projection/merge?segment=0", "")
                    .body().path("segments").size() == 1);
            assertThat(shop.post(PROCESSORS + "/payment-projection/merge?segment=7", "").expect(409).text("code"))
                    .isEqualTo("segment_unavailable");
        }

        @Test
        void are_measured() {
            await().until(() -> shop.send(shop.request("/actuator/prometheus")).response().body(),
                    metrics -> metrics.contains("orderflow_processor_lag_events{processor=\"order-projection\"} 0.0")
                            && metrics.contains("orderflow_dead_letters{group=\"order-projection\"}"));
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class dead_letters {

        @Test
        void are_shown_retried_on_demand_and_gone_once_they_succeed() {
            String order = park("LETTER-A", "letter-a");
            JsonNode head = head(order);

            assertThat(head.path("group").asText()).isEqualTo("order-projection");
            assertThat(head.path("event_type").asText()).isEqualTo("order.OrderPlaced");
            assertThat(head.path("payload").path("reference").asText()).startsWith("R-1");
            assertThat(head.path("cause_type").asText()).isNotEmpty();
            assertThat(head.path("attempts").asInt()).isZero();
            assertThat(head.path("behind").asInt()).isPositive();
            String path = LETTERS + '/' + head.path("id").asText();
            var failed = shop.post(path + "/retry", "").expect(409);
            assertThat(failed.text("code")).isEqualTo("dead_letter_failed_again");
            JsonNode tried = shop.get(path).expect(200).body();
            assertThat(tried.path("attempts").asInt()).isEqualTo(1);
            assertThat(tried.path("cause_type")).isEqualTo(head.path("cause_type"));
            assertThat(tried.path("cause_message")).isEqualTo(head.path("cause_message"));

            orderflow.bean(JdbcTemplate.class).update("DELETE FROM orders.order_line WHERE order_id = ?", order);
            shop.post(path + "/retry", "").expect(204);

            assertThat(shop.get(path).expect(404).text("code")).isEqualTo("unknown_dead_letter");
            assertThat(letters(order)).isZero();
            assertThat(shop.awaitStatus(order, "confirmed").path("lines")).hasSize(2);
        }

        @Test
        void are_given_up_one_by_one_and_not_with_those_behind_them() {
            String order = park("LETTER-B", "letter-b");
            JsonNode head = head(order);
            long before = letters(order);

            shop.delete(LETTERS + '/' + head.path("id").asText()).expect(204);

            assertThat(letters(order)).isEqualTo(before - 1);
            JsonNode next = head(order);
            assertThat(next.path("event_type").asText()).isNotEqualTo("order.OrderPlaced");
            assertThat(next.path("attempts").asInt()).as("tried at once").isEqualTo(1);
            for (long left = letters(order); left > 0; left--) {
                shop.delete(LETTERS + '/' + head(order).path("id").asText()).expect(204);
            }
            orderflow.bean(JdbcTemplate.class).update("DELETE FROM orders.order_line WHERE order_id = ?", order);
        }

        @Test
        void are_logged_with_their_cause_once_and_shown_where_the_state_of_the_node_is(CapturedOutput log) {
            String order = park("LETTER-C", "letter-c");
            String path = LETTERS + '/' + head(order).path("id").asText();
            shop.post(path + "/retry", "").expect(409);

            assertThat(log.toString().lines().filter(line -> line.contains(order))).singleElement().asString()
                    .contains("WARN", "order-projection", "OrderPlaced").containsIgnoringCase("unique");
            assertThat(shop.get(PROCESSORS + "/order-projection").body().path("parked").asLong())
                    .isEqualTo(letters(order));
            assertThat(shop.get(PROCESSORS + "/tracking-timeline").body().path("parked").asLong()).isZero();
            JsonNode health = shop.get("/actuator/health").expect(200).body().path("components").path("deadLetters")
                    .path("details");
            assertThat(health.path("degraded").asBoolean()).isTrue();
            assertThat(health.path("parked").path("order-projection").asLong()).isEqualTo(letters(order));
            assertThat(shop.as((String) null).get("/actuator/health").expect(200).body().has("components")).isFalse();
            shop.get(READINESS).expect(200);

            orderflow.bean(JdbcTemplate.class).update("DELETE FROM orders.order_line WHERE order_id = ?", order);
            shop.post(path + "/retry", "").expect(204);
            assertThat(shop.get("/actuator/health").body().path("components").path("deadLetters").path("details")
                    .path("degraded").asBoolean()).isFalse();
        }

        @Test
        void whose_message_is_long_or_has_bytes_that_no_store_takes_are_parked_all_the_same() {
            var queue = orderflow.bean(Configuration.class).eventProcessingConfiguration()
                    .<EventMessage<?>>deadLetterQueue("OrderFulfillmentProcessor").orElseThrow();
            String order = "ord_" + UUID.randomUUID();

            EventMessage<?> event = GenericEventMessage.asEventMessage(new StockReceived(new Sku("ANY"), "mov_1",
                    new Quantity(1), null));
            queue.enqueue(order, new GenericDeadLetter<>(order, event,
                    new IllegalStateException("Broken\0 ".repeat(300))));

            JsonNode letter = shop.get(LETTERS + "?group=OrderFulfillmentProcessor").expect(200).body().path("items").path(0);
            assertThat(letter.path("sequence").asText()).isEqualTo(order);
            assertThat(letter.path("cause_message").asText()).hasSize(1023).startsWith("Broken  Broken");
            shop.delete(LETTERS + '/' + letter.path("id").asText()).expect(204);
        }

        /** What is kept under the name is refused by the table of the projection. */
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                orders.customer_order   | id       | order-projection     | /v1/orders/ord_*
                orders.customer_order   | id       | order-projection     | /v1/orders/ord_*/overview
                payments.payment        | payment_id | payment-projection   | /v1/payments/pay_*
                tracking.timeline_entry | order_id | tracking-timeline    | /v1/orders/ord_*/timeline
                inventory.stock         | sku      | inventory-projection | /v1/stock/NEW-*
                """)
        void that_something_begins_with_are_told_to_whoever_asks_for_it(String table, String column, String processor,
                String path) {
            var jdbc = orderflow.bean(JdbcTemplate.class);
            shop.receive("LETTER-D", 5);
            String name = orderflow.orderOf(path).substring(4);
            String asked = path.replace("*", name);
            String id = asked.split("/")[3];
            jdbc.execute("ALTER TABLE %s ADD CONSTRAINT refused CHECK (%s <> '%s')".formatted(table, column,
                    table.startsWith("tracking") ? "ord_" + name : id));
            try {
                shop.post("/v1/orders", Shop.order("tok_ok", new Line("LETTER-D", 1)), path).expect(201);
                shop.receive("NEW-" + name, 1);
                orderflow.settle();

                var answer = shop.get(asked).expect(503);
                assertThat(answer.text("code")).isEqualTo("projection_incomplete");
                assertThat(answer.text("detail")).contains(id, "do not send it again", "dead letters of '" + processor + "'");
                assertThat(shop.get(asked.replace(name, "none")).expect(404)).isNotNull();
                if (id.startsWith("ord_")) {
                    assertThat(shop.as(DemoUser.SHOP).get(asked).expect(404).text("code")).isEqualTo("unknown_order");
                }
            } finally {
                jdbc.execute("ALTER TABLE " + table + " DROP CONSTRAINT refused");
            }
            await().until(() -> {
                shop.get(LETTERS + "?group=" + processor).body().path("items").forEach(letter ->
                        shop.post(LETTERS + '/' + letter.path("id").asText() + "/retry", "").expect(204));
                return shop.get(asked).status() == 200;
            });
        }

        @Test
        void that_were_discarded_are_told_from_a_projection_that_is_behind() {
            var jdbc = orderflow.bean(JdbcTemplate.class);
            String order = park("LETTER-E", "letter-e");
            jdbc.update("DELETE FROM axon.dead_letter_entry WHERE sequence_identifier = ?", order);
            jdbc.update("DELETE FROM orders.order_line WHERE order_id = ?", order);

            assertThat(shop.get("/v1/orders/" + order).expect(503).text("detail")).contains("'order-projection' has to be"
                    + " replayed");

            shop.post(PROCESSORS + "/order-projection/replay", "").expect(202);
            await().until(() -> shop.get("/v1/orders/" + order).status() == 200);
        }

        /** An order whose first event the projection cannot handle, because a line is in its way. */
        private String park(String sku, String key) {
            shop.receive(sku, 5);
            shop.receive(sku + "-TOO", 5);
            String order = orderflow.orderOf(key);
            orderflow.bean(JdbcTemplate.class).update(
                    "INSERT INTO orders.order_line VALUES (?, 1, 'IN-THE-WAY', 1, 1, 0, 0, 0)", order);
            shop.post("/v1/orders", Shop.order("tok_ok", new Line(sku, 1), new Line(sku + "-TOO", 1)), key).expect(201);
            orderflow.settle();
            return order;
        }

        private JsonNode head(String order) {
            for (JsonNode letter : shop.get(LETTERS + "?group=order-projection").expect(200).body().path("items")) {
                if (letter.path("sequence").asText().equals(order)) {
                    return letter;
                }
            }
            throw new AssertionError("No letter of " + order);
        }

        private long letters(String order) {
            return orderflow.bean(JdbcTemplate.class).queryForObject(
                    "SELECT COUNT(*) FROM axon.dead_letter_entry WHERE sequence_identifier = ?", Long.class, order);
        }
    }

    @Test
    void breakers_and_bulkheads_are_shown() {
        JsonNode body = shop.get("/v1/operations/resilience").expect(200).body();

        assertThat(body.path("breakers").findValuesAsText("name")).contains("gateway-charges", "gateway-reversals");
        assertThat(body.path("breakers").path(0).path("state").asText()).isEqualTo("closed");
        assertThat(body.path("breakers").path(0).path("since").asText()).isNotEmpty();
        assertThat(body.path("bulkheads").path(0).path("permits").asInt()).isEqualTo(16);
    }

    @Test
    void deadlines_are_counted_and_listed() {
        shop.receive("DUE", 5);
        shop.awaitStatus(shop.place("tok_ok", new Line("DUE", 1)), "confirmed");

        JsonNode all = shop.get("/v1/operations/deadlines").expect(200).body();
        assertThat(all.path("tasks").findValuesAsText("task")).contains("AxonDeadline", "dead-letter-retries");
        JsonNode due = shop.get("/v1/operations/deadlines?task=AxonDeadline&limit=1").expect(200).body();
        assertThat(due.path("next")).hasSize(1);
        assertThat(due.path("next").path(0).path("due").asText()).isNotEmpty();
    }

    @Test
    void waiting_orders_are_listed_and_pushed_on() {
        shop.receive("PUSHED", 5);
        String id = shop.place("tok_ok", new Line("PUSHED", 1));
        JsonNode before = shop.awaitStatus(id, "confirmed");

        JsonNode waiting = shop.get("/v1/operations/waiting-orders?party=staff&code=dispatch&limit=200").expect(200)
                .body().path("items");
        assertThat(waiting.findValuesAsText("order_id")).contains(id);
        assertThat(waiting.path(0).path("overdue").asBoolean()).isFalse();
        assertThat(shop.get("/v1/operations/waiting-orders?party=customer").expect(200).body().path("items")
                .findValuesAsText("order_id")).doesNotContain(id);

        shop.post("/v1/operations/waiting-orders/" + id + "/resume", "").expect(202);

        await().until(() -> !shop.get("/v1/orders/" + id).body().path("waiting_on")
                .path("deadline").equals(before.path("waiting_on").path("deadline")));
        assertThat(shop.get("/v1/orders/" + id).body().path("waiting_on").path("code").asText()).isEqualTo("dispatch");
        await().until(() -> shop.get("/v1/orders/" + id + "/timeline").body().path("entries")
                .findValuesAsText("text"), words -> words.stream().anyMatch(text -> text.startsWith("Resumption requested")));
        assertThat(shop.post("/v1/operations/waiting-orders/ord_none/resume", "").expect(404).text("code"))
                .isEqualTo("not_found");
    }
}
