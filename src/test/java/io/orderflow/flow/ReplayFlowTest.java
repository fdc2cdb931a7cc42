package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.flow.Shop.Line;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

class ReplayFlowTest {

    private static final List<String> PROJECTIONS =
            List.of("order-projection", "payment-projection", "inventory-projection", "tracking-timeline");
    private static final List<String> TABLES = List.of("orders.customer_order", "orders.order_line",
            "orders.known_sku", "payments.payment", "payments.operation", "inventory.stock", "inventory.movement",
            "tracking.timeline_entry");

    @Test
    void every_projection_equals_a_fresh_replay_of_the_events(@TempDir Path data) {
        try (var orderflow = RunningOrderflow.start(data)) {
            var shop = orderflow.shop();
            shop.receive("REPLAY-A", 10);
            shop.receive("REPLAY-B", 2);
            String completed = shop.place("tok_ok", new Line("REPLAY-A", 2), new Line("REPLAY-B", 1));
            shop.awaitStatus(completed, "confirmed");
            shop.post("/v1/orders/" + completed + "/shipments", "{}").expect(201);
            shop.awaitStatus(completed, "completed");
            String cancelled = shop.place("tok_ok", new Line("REPLAY-A", 1));
            shop.awaitStatus(cancelled, "confirmed");
            shop.post("/v1/orders/" + cancelled + "/cancellations", "{\"reason\":\"test\"}").expect(201);
            shop.awaitStatus(cancelled, "cancelled");
            shop.awaitStatus(shop.place("tok_declined", new Line("REPLAY-A", 1)), "rejected");
            shop.awaitStatus(shop.place("tok_ok", new Line("REPLAY-B", 9)), "rejected");
            awaitCaughtUp(orderflow);

            Map<String, List<Map<String, Object>>> before = tables(orderflow);
            assertThat(before.values()).noneMatch(List::isEmpty);
            damage(orderflow);
            assertThat(tables(orderflow)).isNotEqualTo(before);
            replay(orderflow);
            assertThat(tables(orderflow)).isEqualTo(before);
            assertThat(orderflow.bean(JdbcTemplate.class).queryForList("SELECT * FROM axon.dead_letter_entry"))
                    .as("events that the replay could not handle").isEmpty();
        }
    }

    /** Without it, a replay that does nothing would leave every table as it was. */
    private static void damage(RunningOrderflow orderflow) {
        var jdbc = orderflow.bean(JdbcTemplate.class);
        jdbc.update("UPDATE orders.customer_order SET version = version + 100");
        jdbc.update("UPDATE orders.order_line SET shipped = shipped + 1");
        jdbc.update("UPDATE payments.payment SET captured = captured + 1");
        jdbc.update("DELETE FROM payments.operation");
        jdbc.update("UPDATE inventory.stock SET on_hand = on_hand + 1");
        jdbc.update("DELETE FROM inventory.movement");
        jdbc.update("UPDATE tracking.timeline_entry SET text = 'damaged'");
    }

    private static void replay(RunningOrderflow orderflow) {
        for (String projection : PROJECTIONS) {
            StreamingEventProcessor processor = processor(orderflow, projection);
            processor.shutDown();
            processor.resetTokens();
            processor.start();
        }
        awaitCaughtUp(orderflow);
    }

    private static void awaitCaughtUp(RunningOrderflow orderflow) {
        long head = orderflow.bean(JdbcTemplate.class)
                .queryForObject("SELECT MAX(global_index) FROM axon.domain_event_entry", Long.class);
        for (String projection : PROJECTIONS) {
            await().atMost(Shop.PATIENCE).until(() -> {
                var segments = processor(orderflow, projection).processingStatus().values();
                return !segments.isEmpty() && segments.stream().allMatch(EventTrackerStatus::isCaughtUp)
                        && segments.stream().allMatch(segment -> segment.getCurrentPosition().orElse(-1) >= head);
            });
        }
    }

    private static StreamingEventProcessor processor(RunningOrderflow orderflow, String name) {
        return orderflow.bean(EventProcessingConfiguration.class)
                .eventProcessor(name, StreamingEventProcessor.class).orElseThrow();
    }

    private static Map<String, List<Map<String, Object>>> tables(RunningOrderflow orderflow) {
        var tables = new LinkedHashMap<String, List<Map<String, Object>>>();
        for (String table : TABLES) {
            tables.put(table, orderflow.bean(JdbcTemplate.class).queryForList("SELECT * FROM " + table
                    + (table.endsWith("known_sku") ? " ORDER BY 1" : " ORDER BY 1, 2")));
        }
        return tables;
    }
}
