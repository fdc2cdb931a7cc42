package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.flow.Shop.Line;
import io.orderflow.platform.spi.ProcessorTokens;
import java.nio.file.Path;
import java.util.List;
import org.axonframework.config.EventProcessingConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** An order whose deadline or whose saga was lost would wait for ever, were there no watchdog. */
class WatchdogFlowTest {

    private static final String REASON = "{\"reason\":\"changed_mind\"}";

    @Test
    void an_order_whose_deadline_was_lost_gets_a_new_one_and_ends(@TempDir Path data) {
        try (var orderflow = RunningOrderflow.start(data, "orderflow.watchdog.every=200ms",
                "orderflow.fulfillment.payment-overdue=3s")) {
            Shop shop = orderflow.shop();
            shop.receive("LOST", 5);
            String id = shop.place("tok_3ds", new Line("LOST", 1));
            shop.awaitWaitingOn(id, "payment_action");
            assertThat(orderflow.bean(JdbcTemplate.class)
                    .update("DELETE FROM axon.scheduled_tasks WHERE task_name = 'AxonDeadline'")).isEqualTo(1);

            assertThat(shop.awaitStatus(id, "rejected").path("rejection").path("code").asText())
                    .isEqualTo("payment_timeout");

            assertThat(shop.get("/v1/orders/" + id + "/timeline").body().path("entries").findValuesAsText("text"))
                    .anyMatch(text -> text.startsWith("Resumption requested"));
        }
    }

    /** Its goods are held, its money is set aside and half of it is under way: none of that is done twice. */
    @Test
    void an_order_whose_saga_was_lost_gets_one_that_knows_what_has_happened(@TempDir Path data) {
        String id;
        try (var orderflow = RunningOrderflow.start(data)) {
            Shop shop = orderflow.shop();
            shop.receive("UNLED-A", 5);
            shop.receive("UNLED-B", 5);
            id = shop.place("tok_ok", new Line("UNLED-A", 2), new Line("UNLED-B", 1));
            shop.awaitStatus(id, "confirmed");
            shop.post("/v1/orders/" + id + "/shipments", """
                    {"lines":[{"sku":"UNLED-A","quantity":2}]}""").expect(201);
            shop.awaitWaitingOn(id, "dispatch");
            forgetSagas(orderflow.bean(JdbcTemplate.class));
        }
        try (var orderflow = RunningOrderflow.start(data, "orderflow.watchdog.every=200ms",
                "orderflow.clock.ahead=10m")) {
            Shop shop = orderflow.shop();
            await().until(() -> sagas(orderflow.bean(JdbcTemplate.class)) == 1);
            shop.post("/v1/orders/" + id + "/shipments", "{}").expect(201);

            shop.awaitStatus(id, "completed");

            orderflow.settle();
            assertThat(shop.get("/v1/stock/UNLED-A").expect(200).body().path("on_hand").asInt()).isEqualTo(3);
            assertThat(shop.get("/v1/stock/UNLED-A").body().path("reserved").asInt()).isZero();
            assertThat(shop.get("/v1/orders/" + id + "/timeline").body().path("entries").findValuesAsText("text"))
                    .filteredOn(text -> text.startsWith("Resumption requested")).hasSize(1);
            assertThat(shop.get("/v1/operations/invariants").expect(200).body().path("holds").asBoolean()).isTrue();
            assertThat(sagas(orderflow.bean(JdbcTemplate.class))).isZero();
        }
    }

    /** As when its event was committed so late that every processor had come past it. */
    @Test
    void an_order_that_no_processor_has_seen_is_shown_and_goes_on(@TempDir Path data) {
        String id;
        try (var orderflow = RunningOrderflow.start(data)) {
            Shop shop = orderflow.shop();
            shop.receive("SKIPPED", 5);
            shop.awaitStatus(shop.place("tok_ok", new Line("SKIPPED", 1)), "confirmed");
            List<String> blind = List.of("order-projection", "tracking-timeline", "OrderFulfillmentProcessor");
            blind.forEach(processor -> orderflow.bean(EventProcessingConfiguration.class).eventProcessor(processor)
                    .orElseThrow().shutDown());
            id = shop.post("/v1/orders", Shop.order("tok_ok", new Line("SKIPPED", 2)), "skipped").expect(201).id();
            comePastAll(orderflow, blind);
        }
        try (var orderflow = RunningOrderflow.start(data, "orderflow.watchdog.every=200ms",
                "orderflow.skipped-orders.every=200ms", "orderflow.clock.ahead=10m")) {
            Shop shop = orderflow.shop();

            shop.awaitStatus(id, "confirmed");

            assertThat(shop.stock("SKIPPED").path("reserved").asInt()).isEqualTo(3);
            assertThat(shop.get("/v1/orders/" + id + "/timeline").expect(200).body().path("entries")
                    .findValuesAsText("fact")).startsWith("OrderPlaced", "ResumptionRequested")
                    .containsOnlyOnce("OrderPlaced", "StockReserved", "PaymentAuthorized", "OrderConfirmed");
            assertThat(shop.get("/v1/operations/invariants").expect(200).body().path("holds").asBoolean()).isTrue();
            assertThat(orderflow.bean(MeterRegistry.class).get("orderflow.orders.skipped").counter().count())
                    .isEqualTo(2);
        }
    }

    private static void comePastAll(RunningOrderflow orderflow, List<String> processors) {
        var jdbc = orderflow.bean(JdbcTemplate.class);
        long head = jdbc.queryForObject("SELECT MAX(global_index) FROM axon.domain_event_entry", Long.class);
        var tokens = orderflow.bean(ProcessorTokens.class);
        await().until(() -> tokens.havePassed("inventory-projection", head));
        processors.forEach(processor -> jdbc.update("UPDATE axon.token_entry SET token = (SELECT token"
                + " FROM axon.token_entry WHERE processor_name = 'inventory-projection') WHERE processor_name = ?",
                processor));
    }

    @Test
    void an_order_that_has_ended_is_asked_in_vain(@TempDir Path data) {
        try (var orderflow = RunningOrderflow.start(data)) {
            Shop shop = orderflow.shop();
            shop.receive("ENDED", 5);
            String id = shop.place("tok_ok", new Line("ENDED", 1));
            shop.awaitStatus(id, "confirmed");
            shop.post("/v1/orders/" + id + "/cancellations", REASON).expect(201);
            shop.awaitStatus(id, "cancelled");

            shop.post("/v1/operations/waiting-orders/" + id + "/resume", "{}").expect(202);
            String later = shop.place("tok_ok", new Line("ENDED", 1));
            shop.awaitStatus(later, "confirmed");

            assertThat(sagas(orderflow.bean(JdbcTemplate.class))).as("the later order's").isEqualTo(1);
            assertThat(shop.get("/v1/stock/ENDED").body().path("reserved").asInt()).isEqualTo(1);
        }
    }

    private static void forgetSagas(JdbcTemplate jdbc) {
        assertThat(jdbc.update("DELETE FROM fulfillment.saga")).isEqualTo(1);
    }

    private static int sagas(JdbcTemplate jdbc) {
        return jdbc.queryForObject("SELECT COUNT(*) FROM fulfillment.saga", Integer.class);
    }
}
