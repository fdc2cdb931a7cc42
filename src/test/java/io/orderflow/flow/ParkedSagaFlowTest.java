package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orderflow.flow.Shop.Line;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

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

            shop.awaitStatus(sound, "completed");
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
            shop.post("/v1/operations/waiting-orders/" + poisoned + "/resume", "{}").expect(202);

            shop.awaitStatus(poisoned, "completed");
            await().until(() -> shop.get("/v1/operations/dead-letters").body().path("items").isEmpty());
            orderflow.settle();
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
            await().until(() -> shop.get("/v1/operations/dead-letters").body().path("items").path(0)
                    .path("attempts").asInt() > 1);
            assertThat(shop.get("/v1/operations/dead-letters").body().path("items").path(0).path("cause_type").asText())
                    .contains("NullPointerException");

            restore(jdbc, order, state);

            shop.awaitStatus(order, "completed");
            await().until(() -> shop.get("/v1/operations/dead-letters").body().path("items").isEmpty());
        }
    }

    @Test
    void handles_what_is_parked_in_the_moment_in_which_the_last_letter_is_handled(@TempDir Path data) throws Exception {
        try (var orderflow = RunningOrderflow.start(data, "orderflow.dead-letters.every=1h")) {
            var shop = orderflow.shop();
            var jdbc = orderflow.bean(JdbcTemplate.class);
            var transaction = new TransactionTemplate(orderflow.bean(PlatformTransactionManager.class));
            var queue = orderflow.bean(Configuration.class).eventProcessingConfiguration()
                    .<EventMessage<?>>deadLetterQueue("OrderFulfillmentProcessor").orElseThrow();
            shop.receive("PARKED", 10);
            String order = shop.place("tok_ok", new Line("PARKED", 1));
            shop.awaitStatus(order, "confirmed");
            String state = exchangeState(jdbc, order, "\"shipments\":{}", "\"shipments\":null");
            shop.post("/v1/orders/" + order + "/shipments", "{}").expect(201);
            await().until(() -> queue.contains(order));
            restore(jdbc, order, state);
            EventMessage<?> parked = queue.deadLetterSequence(order).iterator().next().message();
            var sagaIsHeld = new CountDownLatch(1);
            var letSagaGo = new CountDownLatch(1);
            var holding = CompletableFuture.runAsync(() -> transaction.executeWithoutResult(held -> {
                jdbc.queryForList("SELECT order_id FROM fulfillment.saga WHERE order_id = ? FOR UPDATE", order);
                sagaIsHeld.countDown();
                pass(letSagaGo);
            }));
            pass(sagaIsHeld);
            var resumed = CompletableFuture.supplyAsync(() -> shop.post("/v1/operations/waiting-orders/" + order
                    + "/resume", "{}"));
            await().until(() -> jdbc.queryForObject("SELECT COUNT(*) FROM axon.dead_letter_entry WHERE"
                    + " sequence_identifier = ? AND processing_started IS NOT NULL", Integer.class, order) == 1);

            transaction.executeWithoutResult(parking -> {
                assertThat(queue.contains(order)).isTrue();
                queue.enqueue(order, new GenericDeadLetter<>(order, parked));
                letSagaGo.countDown();
                assertThatThrownBy(() -> resumed.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            });

            resumed.join().expect(202);
            holding.join();
            assertThat(queue.contains(order)).isFalse();
            shop.awaitStatus(order, "completed");
        }
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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
            await().until(() -> letter(shop, givenUp).isMissingNode());
        }
        try (var orderflow = RunningOrderflow.start(data, "orderflow.dead-letters.every=1h",
                "orderflow.watchdog.every=200ms", "orderflow.clock.ahead=10m")) {
            var shop = orderflow.shop();
            shop.post("/v1/operations/waiting-orders/" + resumed + "/resume", "{}").expect(202);

            shop.awaitStatus(resumed, "cancelled");
            shop.awaitStatus(givenUp, "cancelled");

            assertThat(shop.get("/v1/stock/PARKED").body().path("reserved").asInt()).isZero();
            await().until(() -> shop.get("/v1/operations/dead-letters").body().path("items").isEmpty());
            orderflow.settle();
            // A processor stores how far it is a moment later, where it had nothing to handle; ten minutes are no moment.
            await().untilAsserted(() -> {
                JsonNode invariants = shop.get("/v1/operations/invariants").expect(200).body();
                assertThat(invariants.path("holds").asBoolean()).as(invariants.toString()).isTrue();
            });
        }
    }

    private static String parkAndCancel(Shop shop) {
        String order = shop.place("tok_ok", new Line("PARKED", 1));
        shop.awaitWaitingOn(order, "step_failed");
        shop.post("/v1/orders/" + order + "/cancellations", REASON).expect(201);
        await().until(() -> letter(shop, order).path("behind").asInt() > 0);
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
        return new String(jdbc.queryForObject("SELECT state FROM fulfillment.saga WHERE order_id = ?"
                + " AND saga_type = 'fulfillment.OrderFulfillment'", byte[].class, order), StandardCharsets.UTF_8);
    }

    private static void restore(JdbcTemplate jdbc, String order, String state) {
        jdbc.update("UPDATE fulfillment.saga SET state = ? WHERE order_id = ?", state.getBytes(StandardCharsets.UTF_8),
                order);
    }
}
