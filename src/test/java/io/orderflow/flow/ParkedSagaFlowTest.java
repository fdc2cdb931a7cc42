package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orderflow.flow.Shop.Line;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** A saga that fails on a fact, as after a mistake in its code: here because a part of its state is gone. */
class ParkedSagaFlowTest {

    private static final String REASON = "{\"reason\":\"changed_mind\"}";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void parks_what_it_cannot_handle_lets_the_others_go_on_and_is_resumed(@TempDir Path data) {
        try (var orderflow = RunningOrderflow.start(data, "orderflow.dead-letters.every=1h")) {
            var shop = orderflow.shop();
            var jdbc = orderflow.bean(JdbcTemplate.class);
            shop.receive("PARKED", 10);
            String poisoned = shop.place("tok_ok", new Line("PARKED", 1));
            String sound = shop.place("tok_ok", new Line("PARKED", 1));
            shop.awaitStatus(poisoned, "confirmed");
            shop.awaitStatus(sound, "confirmed");
            String state = exchangeState(jdbc, poisoned, "\"shipments\":{}", "\"shipments\":null");

            shop.post("/v1/orders/" + poisoned + "/shipments", "{}").expect(201);
            shop.post("/v1/orders/" + sound + "/shipments", "{}").expect(201);

            await().atMost(PATIENCE).until(() -> shop.get("/v1/orders/" + sound).text("status").equals("completed"));
            JsonNode waiting = shop.awaitWaitingOn(poisoned, "step_failed").path("waiting_on");
            assertThat(waiting.path("party").asText()).isEqualTo("staff");
            JsonNode letter = shop.get("/v1/operations/dead-letters").expect(200).body().path("items").path(0);
            assertThat(letter.path("sequence").asText()).isEqualTo(poisoned);
            assertThat(letter.path("group").asText()).isEqualTo("OrderFulfillmentProcessor");
            assertThat(letter.path("event_type").asText()).isEqualTo("order.OrderDispatched");
            assertThat(letter.path("cause_type").asText()).contains("NullPointerException");
            assertThat(state(jdbc, poisoned)).as("no half of the handling is kept").contains("\"shipments\":null");
            shop.post("/v1/operations/dead-letters/" + letter.path("id").asText() + "/retry", "{}").expect(409);

            restore(jdbc, poisoned, state);
            // Again, because what is announced while the last letter is handled may be parked behind it.
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).until(() -> {
                boolean completed = shop.get("/v1/orders/" + poisoned).text("status").equals("completed");
                if (!completed) {
                    shop.post("/v1/operations/waiting-orders/" + poisoned + "/resume", "{}").expect(202);
                }
                return completed;
            });
            await().atMost(PATIENCE).until(() -> shop.get("/v1/operations/dead-letters").body().path("items").isEmpty());
            assertThat(shop.get("/v1/operations/invariants").expect(200).body().path("holds").asBoolean()).isTrue();
        }
    }

    @Test
    void is_tried_again_by_itself(@TempDir Path data) {
        try (var orderflow = RunningOrderflow.start(data, "orderflow.dead-letters.every=500ms",
                "orderflow.dead-letters.first=500ms")) {
            var shop = orderflow.shop();
            var jdbc = orderflow.bean(JdbcTemplate.class);
            shop.receive("PARKED", 10);
            String order = shop.place("tok_ok", new Line("PARKED", 1));
            shop.awaitStatus(order, "confirmed");
            String state = exchangeState(jdbc, order, "\"shipments\":{}", "\"shipments\":null");
            shop.post("/v1/orders/" + order + "/shipments", "{}").expect(201);
            await().atMost(PATIENCE).until(() -> shop.get("/v1/operations/dead-letters").body().path("items").path(0)
                    .path("attempts").asInt() > 1);

            restore(jdbc, order, state);

            await().atMost(PATIENCE).until(() -> shop.get("/v1/orders/" + order).text("status").equals("completed"));
            assertThat(shop.get("/v1/operations/dead-letters").body().path("items")).isEmpty();
        }
    }

    /** Here because its first deadline would lie beyond all time; the placement of one order is given up besides. */
    @Test
    void a_cancellation_waits_behind_the_placement_that_cannot_be_handled(@TempDir Path data) {
        String resumed;
        String givenUp;
        try (var orderflow = RunningOrderflow.start(data, "orderflow.dead-letters.every=1h",
                "orderflow.fulfillment.reservation-overdue=" + Long.MAX_VALUE + "s")) {
            var shop = orderflow.shop();
            shop.receive("PARKED", 10);
            resumed = parkAndCancel(shop);
            givenUp = parkAndCancel(shop);
            shop.delete("/v1/operations/dead-letters/" + letter(shop, givenUp).path("id").asText()).expect(204);
            await().atMost(PATIENCE).until(() -> letter(shop, givenUp).isMissingNode());
        }
        // What is announced while the last letter is handled may be parked behind it, and is tried again a moment later.
        try (var orderflow = RunningOrderflow.start(data, "orderflow.dead-letters.every=500ms",
                "orderflow.dead-letters.first=500ms", "orderflow.watchdog.every=200ms", "orderflow.clock.ahead=10m")) {
            var shop = orderflow.shop();
            shop.post("/v1/operations/waiting-orders/" + resumed + "/resume", "{}").expect(202);

            shop.awaitStatus(resumed, "cancelled");
            shop.awaitStatus(givenUp, "cancelled");

            assertThat(shop.get("/v1/stock/PARKED").body().path("reserved").asInt()).isZero();
            await().atMost(PATIENCE).until(() -> shop.get("/v1/operations/dead-letters").body().path("items").isEmpty());
            await().atMost(PATIENCE).until(() -> shop.get("/v1/operations/invariants").expect(200).body().path("holds")
                    .asBoolean());
        }
    }

    private static String parkAndCancel(Shop shop) {
        String order = shop.place("tok_ok", new Line("PARKED", 1));
        shop.awaitWaitingOn(order, "step_failed");
        shop.post("/v1/orders/" + order + "/cancellations", REASON).expect(201);
        await().atMost(PATIENCE).until(() -> letter(shop, order).path("behind").asInt() > 0);
        return order;
    }

    /** The first that is parked for an order; missing when there is none. */
    private static JsonNode letter(Shop shop, String order) {
        for (JsonNode letter : shop.get("/v1/operations/dead-letters").expect(200).body().path("items")) {
            if (letter.path("sequence").asText().equals(order)) {
                return letter;
            }
        }
        return MissingNode.getInstance();
    }

    private static String exchangeState(JdbcTemplate jdbc, String order, String old, String changed) {
        String state = state(jdbc, order);
        assertThat(state).contains(old);
        restore(jdbc, order, state.replace(old, changed));
        return state;
    }

    private static String state(JdbcTemplate jdbc, String order) {
        return new String(jdbc.queryForObject("SELECT s.serialized_saga FROM axon.saga_entry s JOIN"
                + " axon.association_value_entry a ON a.saga_id = s.saga_id WHERE a.association_value = ?"
                + " AND s.saga_type = 'fulfillment.OrderFulfillment'", byte[].class, order), StandardCharsets.UTF_8);
    }

    private static void restore(JdbcTemplate jdbc, String order, String state) {
        jdbc.update("UPDATE axon.saga_entry SET serialized_saga = ? WHERE saga_id IN (SELECT saga_id FROM"
                + " axon.association_value_entry WHERE association_value = ?)", state.getBytes(StandardCharsets.UTF_8),
                order);
    }
}
