package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.flow.Shop.Line;
import io.orderflow.audit.StoreCheck;
import io.orderflow.packaged.TestStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TimeZone;
import org.h2.util.DateTimeUtils;
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

    @Test
    void deadlines_stay_where_they_are_when_the_next_life_is_in_another_zone(@TempDir Path data) {
        TimeZone zone = TimeZone.getDefault();
        try {
            move("Europe/Berlin");
            // Longer than the payment's, so that the deadline of the reservation is not left in its place.
            try (var orderflow = RunningOrderflow.start(data, "orderflow.fulfillment.reservation-overdue=1h")) {
                orderflow.shop().receive("ZONES", 10);
                String id = orderflow.shop().place("tok_3ds", new Line("ZONES", 1));
                Instant due = due(orderflow.shop(), id);
                for (String next : List.of("Etc/UTC", "America/New_York", "Asia/Tokyo")) {
                    orderflow.stop();
                    move(next);
                    orderflow.start();

                    assertThat(due(orderflow.shop(), id)).as(next).isEqualTo(due);
                    assertThat(orderflow.shop().get("/v1/operations/invariants").expect(200).body().path("holds")
                            .asBoolean()).as("O2 among them, in %s", next).isTrue();
                }
            }
            move("Europe/Berlin");
            assertThat(StoreCheck.check(System.out, "--gateway-ledger=" + data.resolve("gateway.jsonl"),
                    "--spring.datasource.url=" + TestStore.url(data))).isZero();
        } finally {
            move(zone.getID());
        }
    }

    /** H2 remembers the zone that the virtual machine had when it was first asked. */
    private static void move(String zone) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        DateTimeUtils.resetCalendar();
    }

    /** When the deadline of the one order passes for the scheduler, which is when the order says that it does. */
    private static Instant due(Shop shop, String orderId) {
        JsonNode order = shop.awaitWaitingOn(orderId, "payment_action");
        JsonNode next = shop.get("/v1/operations/deadlines?task=AxonDeadline").expect(200).body().path("next");
        assertThat(next).singleElement();
        Instant due = Instant.parse(next.path(0).path("due").asText());
        assertThat(due).isCloseTo(Instant.parse(order.path("waiting_on").path("deadline").asText()),
                within(1, ChronoUnit.SECONDS));
        return due;
    }
}
