package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.orderflow.flow.Shop.Line;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MoneyFlowTest {

    private RunningOrderflow orderflow;
    private Shop shop;
    private Shop gateway;

    @BeforeAll
    void start(@TempDir Path data) {
        orderflow = RunningOrderflow.start(data, "orderflow.fulfillment.payment-overdue=10s",
                "orderflow.sandbox.pending=1s", "orderflow.sandbox.short-capture=2s",
                "resilience4j.retry.configs.gateway.max-attempts=1",
                "resilience4j.circuitbreaker.configs.gateway.wait-duration-in-open-state=10s");
        shop = orderflow.shop();
        gateway = new Shop(orderflow.gatewayUrl());
        shop.receive("MONEY", 1000);
    }

    @AfterAll
    void stop() {
        orderflow.close();
    }

    @Nested
    class A_payment_that_the_customer_has_to_confirm {

        @Test
        void is_authorized_as_soon_as_the_customer_agrees() {
            String id = shop.place("tok_3ds", new Line("MONEY", 1));
            JsonNode waiting = shop.awaitWaitingOn(id, "payment_action");
            assertThat(waiting.path("waiting_on").path("party").asText()).isEqualTo("customer");
            assertThat(waiting.path("payment_status").asText()).isEqualTo("action_required");

            answer(waiting, "approve");

            shop.awaitStatus(id, "confirmed");
        }

        @Test
        void ends_the_order_when_the_customer_refuses() {
            String id = shop.place("tok_3ds", new Line("MONEY", 1));

            answer(shop.awaitWaitingOn(id, "payment_action"), "decline");

            assertThat(shop.awaitStatus(id, "rejected").path("rejection").path("code").asText())
                    .isEqualTo("authentication_failed");
        }

        @Test
        void is_voided_when_the_customer_never_answers() {
            String id = shop.place("tok_3ds", new Line("MONEY", 1));
            shop.awaitWaitingOn(id, "payment_action");

            JsonNode rejected = shop.awaitStatus(id, "rejected");

            assertThat(rejected.path("rejection").path("code").asText()).isEqualTo("payment_timeout");
            assertThat(shop.payment(rejected).path("operations")).extracting(operation ->
                    operation.path("kind").asText() + " " + operation.path("status").asText())
                    .containsExactly("authorize declined", "void succeeded");
            assertThat(facts(id)).contains("voided").doesNotContain("authorized");
        }
    }

    @Test
    void a_payment_that_is_declined_is_declined_in_the_gateways_ledger_and_in_every_table() {
        String id = shop.place("tok_declined", new Line("MONEY", 1));

        shop.awaitStatus(id, "rejected");

        assertThat(facts(id)).containsExactly("declined");
        await().untilAsserted(() -> assertThat(shop.get("/v1/operations/invariants").expect(200)
                .body().path("invariants")).allSatisfy(invariant ->
                assertThat(invariant.path("violations").asInt()).as("%s", invariant).isZero()));
    }

    @Test
    void a_bank_that_takes_its_time_is_waited_for() {
        String id = shop.place("tok_pending", new Line("MONEY", 1));

        JsonNode confirmed = shop.awaitStatus(id, "confirmed");

        shop.awaitHavingWaitedOn(id, "payment_pending");
        assertThat(orderflow.bean(JdbcTemplate.class).queryForList(
                "SELECT callback_id FROM payments.callback WHERE operation_id = ?", String.class,
                confirmed.path("payment_id").asText() + "-authorize-1")).as("signed with the secret of this process")
                .isNotEmpty();
    }

    @Test
    void an_order_that_is_not_dispatched_before_its_money_expires_is_cancelled() {
        String id = shop.place("tok_expires", new Line("MONEY", 1));

        JsonNode cancelled = shop.awaitStatus(id, "cancelled");

        assertThat(shop.payment(cancelled).path("status").asText()).isEqualTo("voided");
        await().untilAsserted(() -> assertThat(shop.get("/v1/orders/" + id + "/timeline").body().toString())
                .contains("OrderConfirmed", "has expired"));
    }

    @Nested
    class While_the_gateway_is_away {

        @AfterEach
        void comes_back() {
            control("{}");
        }

        @Test
        void orders_are_taken_and_wait_and_are_paid_when_it_is_back() {
            String before = shop.place("tok_ok", new Line("MONEY", 1));
            shop.awaitStatus(before, "confirmed");
            control("{\"outage\":true}");

            List<String> orders = IntStream.range(0, 12).mapToObj(n -> shop.place("tok_ok", new Line("MONEY", 1)))
                    .toList();
            orders.forEach(order -> assertThat(shop.awaitWaitingOn(order, "payment_overdue").path("status").asText())
                    .isEqualTo("placed"));

            CircuitBreaker charges = orderflow.bean(CircuitBreakerRegistry.class).circuitBreaker("gateway-charges");
            // Half open, it could let this order's call through: what becomes of that is not known before the gateway is back.
            charges.transitionToForcedOpenState();
            String givenUp = shop.place("tok_ok", new Line("MONEY", 1));
            shop.awaitWaitingOn(givenUp, "payment_authorization");
            cancel(givenUp);
            shop.awaitStatus(givenUp, "cancelled");
            charges.transitionToOpenState();
            assertThat(shop.get("/v1/payments/pay_" + givenUp.substring(4)).text("status")).isEqualTo("voided");
            cancel(before);
            shop.awaitWaitingOn(before, "payment_outcome_unknown");
            await().untilAsserted(() -> assertThat(shop.get("/v1/operations/gateway-work").expect(200).body()
                    .path("items")).hasSizeGreaterThan(12));

            control("{}");
            orders.forEach(order -> shop.awaitStatus(order, "confirmed"));
            shop.awaitStatus(before, "cancelled");
            assertThat(facts(before)).containsExactly("authorized", "voided");
            assertThat(facts(givenUp)).isEmpty();
        }
    }

    private void cancel(String order) {
        shop.post("/v1/orders/" + order + "/cancellations", "{\"reason\":\"Changed my mind\"}").expect(201);
    }

    private void answer(JsonNode order, String how) {
        String url = shop.payment(order).path("next_action").path("url").asText();
        assertThat(gateway.send(gateway.request(URI.create(url).getPath() + "/" + how)
                .POST(BodyPublishers.noBody())).status()).isEqualTo(303);
    }

    private void control(String faults) {
        gateway.send(gateway.request("/v1/control").header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(faults))).expect(200);
    }

    /** What the gateway's own ledger says it did for an order, in its order. */
    private List<String> facts(String order) {
        return gateway.get("/v1/ledger").expect(200).body().findParents("fact")
                .stream().filter(entry -> entry.path("merchant_reference").asText().equals(order))
                .map(entry -> entry.path("fact").asText()).toList();
    }
}
