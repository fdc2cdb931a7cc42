package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.flow.Shop.Line;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartFlowTest {

    @Test
    void a_deadline_that_was_pending_fires_after_the_restart(@TempDir Path data) {
        try (var orderflow = RunningOrderflow.start(data, "orderflow.fulfillment.dispatch-overdue=8s")) {
            orderflow.shop().receive("RESTART", 1);
            String id = orderflow.shop().place("tok_ok", new Line("RESTART", 1));
            JsonNode confirmed = orderflow.shop().awaitStatus(id, "confirmed");
            assertThat(confirmed.path("waiting_on").path("code").asText()).isEqualTo("dispatch");

            orderflow.restart();

            orderflow.shop().awaitWaitingOn(id, "dispatch_overdue");
            orderflow.shop().post("/v1/orders/" + id + "/shipments", "{}").expect(201);
            orderflow.shop().awaitStatus(id, "completed");
        }
    }

    @Test
    void an_order_in_the_middle_of_its_payment_goes_on_after_the_restart(@TempDir Path data) {
        try (var orderflow = RunningOrderflow.start(data, "orderflow.sandbox.slow-answer=3s")) {
            orderflow.shop().receive("MIDDLE", 1);
            String id = orderflow.shop().place("tok_slow", new Line("MIDDLE", 1));
            orderflow.shop().awaitWaitingOn(id, "payment_authorization");

            orderflow.restart();

            JsonNode confirmed = orderflow.shop().awaitStatus(id, "confirmed");
            assertThat(orderflow.shop().payment(confirmed).path("authorized").path("amount").asLong())
                    .isEqualTo(1000);
        }
    }
}
