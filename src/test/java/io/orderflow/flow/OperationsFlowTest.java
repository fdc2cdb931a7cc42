package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.flow.Shop.Line;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.RequestIdentity;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** What operators see and do, on the whole application. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
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
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class processors {

        @Test
        void are_listed_with_those_of_the_sagas_and_catch_up() {
            JsonNode all = await().atMost(Shop.PATIENCE).until(() -> shop.get(PROCESSORS).expect(200).body(),
                    list -> !list.findValuesAsText("caught_up").contains("false"));

            assertThat(all.path("items").findValuesAsText("name")).contains("OrderFulfillmentProcessor",
                    "AfterSalesProcessor", "order-projection", "payment-gateway", "tracking-timeline");
            JsonNode one = all.path("items").path(0);
            assertThat(one.path("running").asBoolean()).isTrue();
            assertThat(one.path("lag").asLong()).isZero();
            assertThat(one.path("segments").path(0).path("position").asLong()).isEqualTo(one.path("head").asLong());
            assertThat(one.path("segments").path(0).path("node").asText()).isNotEmpty();
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
            await().atMost(Shop.PATIENCE).until(() ->
                    shop.get(PROCESSORS + "/tracking-timeline").body().path("caught_up").asBoolean());
            assertThat(shop.get("/v1/orders/" + id + "/timeline").expect(200).body().path("entries")).isNotEmpty();
        }

        /** An event that cannot be handled would be parked; here that is not possible either. */
        @Test
        void that_do_not_get_on_make_the_node_unready_until_they_do() {
            var jdbc = orderflow.bean(JdbcTemplate.class);
            shop.get(READINESS).expect(200);
            jdbc.execute("ALTER TABLE inventory.movement RENAME TO movement_away");
            jdbc.execute("ALTER TABLE axon.dead_letter_entry RENAME TO dead_letter_away");
            shop.post("/v1/stock/UNREADY/receipts", "{\"quantity\":5}").expect(201);

            await().atMost(Shop.PATIENCE).until(() -> shop.get(READINESS).status() == 503);
            shop.get("/actuator/health/liveness").expect(200);
            assertThat(shop.get(PROCESSORS + "/inventory-projection").expect(200).text("error")).isNotNull();

            jdbc.execute("ALTER TABLE axon.dead_letter_away RENAME TO dead_letter_entry");
            jdbc.execute("ALTER TABLE inventory.movement_away RENAME TO movement");
            await().atMost(Shop.PATIENCE).until(() -> shop.get(READINESS).status() == 200);
            await().atMost(Shop.PATIENCE).until(() -> shop.get("/v1/stock/UNREADY").status() == 200);
        }

        @Test
        void are_split_and_merged() {
            assertThat(await().atMost(Shop.PATIENCE).until(
                    () -> shop.post(PROCESSORS + "/payment-projection/split?segment=0", ""),
                    answer -> answer.status() == 200).body().path("segments")).hasSize(2);
            await().atMost(Shop.PATIENCE).until(() -> shop.post(PROCESSORS + "/payment-projection/merge?segment=0", "")
                    .body().path("segments").size() == 1);
            assertThat(shop.post(PROCESSORS + "/payment-projection/merge?segment=7", "").expect(409).text("code"))
                    .isEqualTo("segment_unavailable");
        }

        @Test
        void are_measured() {
            await().atMost(Shop.PATIENCE).until(() -> shop.send(shop.request("/actuator/prometheus")).response().body(),
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
            assertThat(head.path("payload").path("reference").asText()).isEqualTo("R-1");
            assertThat(head.path("cause_type").asText()).isNotEmpty();
            assertThat(head.path("attempts").asInt()).isZero();
            assertThat(head.path("behind").asInt()).isPositive();
            String path = LETTERS + '/' + head.path("id").asText();
            var failed = shop.post(path + "/retry", "").expect(409);
            assertThat(failed.text("code")).isEqualTo("dead_letter_failed_again");
            assertThat(shop.get(path).expect(200).body().path("attempts").asInt()).isEqualTo(1);

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

        /** An order whose first event the projection cannot handle, because a line is in its way. */
        private String park(String sku, String key) {
            shop.receive(sku, 5);
            shop.receive(sku + "-TOO", 5);
            String order = OrderId.of(new RequestIdentity("admin", key, "")).value();
            orderflow.bean(JdbcTemplate.class).update(
                    "INSERT INTO orders.order_line VALUES (?, 1, 'IN-THE-WAY', 1, 1, 0, 0, 0)", order);
            shop.post("/v1/orders", Shop.order("tok_ok", new Line(sku, 1), new Line(sku + "-TOO", 1)), key).expect(201);
            // Its last event until somebody dispatches it: no other follows.
            await().atMost(Shop.PATIENCE).until(() -> orderflow.bean(JdbcTemplate.class).queryForObject("SELECT COUNT(*)"
                    + " FROM axon.dead_letter_entry WHERE sequence_identifier = ? AND payload_type ="
                    + " 'order.OrderConfirmed'", Long.class, order) == 1);
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

        await().atMost(Shop.PATIENCE).until(() -> !shop.get("/v1/orders/" + id).body().path("waiting_on")
                .path("deadline").equals(before.path("waiting_on").path("deadline")));
        assertThat(shop.get("/v1/orders/" + id).body().path("waiting_on").path("code").asText()).isEqualTo("dispatch");
        await().atMost(Shop.PATIENCE).until(() -> shop.get("/v1/orders/" + id + "/timeline").body().path("entries")
                .findValuesAsText("text"), words -> words.stream().anyMatch(text -> text.startsWith("Asked to go on")));
        assertThat(shop.post("/v1/operations/waiting-orders/ord_none/resume", "").expect(404).text("code"))
                .isEqualTo("not_found");
    }
}
