package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.flow.Shop.Line;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** An order whose deadline was lost would wait for ever, were there no watchdog. */
class WatchdogFlowTest {

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
                    .anyMatch(text -> text.startsWith("Asked to go on"));
        }
    }
}
