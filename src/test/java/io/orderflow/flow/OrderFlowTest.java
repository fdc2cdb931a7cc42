package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.flow.Shop.Line;
import io.orderflow.packaged.DemoUser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderFlowTest {

    private RunningOrderflow orderflow;
    private Shop shop;

    @BeforeAll
    void start(@TempDir Path data) {
        orderflow = RunningOrderflow.start(data, "orderflow.fulfillment.payment-overdue=8s",
                "orderflow.fulfillment.gateway-patience=8s",
                "orderflow.sandbox.slow-answer=10s", "orderflow.payment.gateway.response-timeout=15s");
        shop = orderflow.shop();
    }

    @AfterAll
    void stop() {
        orderflow.close();
    }

    @Nested
    class a_reference {

        @Test
        void is_for_one_order_of_a_shop_whatever_becomes_of_it() {
            shop.receive("REFERENCE", 5);
            String order = Shop.order("tok_declined", new Line("REFERENCE", 1)).replace("R-1", "MINE");
            String id = shop.post("/v1/orders", order).expect(201).id();
            shop.awaitStatus(id, "rejected");

            var refused = shop.post("/v1/orders", order).expect(409);
            assertThat(refused.text("code")).isEqualTo("reference_used");
            assertThat(refused.text("order_id")).isEqualTo(id);
            assertThat(shop.as(DemoUser.SHOP).post("/v1/orders", order).expect(201).id()).isNotEqualTo(id);
        }

        @Test
        void is_free_as_long_as_no_order_was_placed_with_it() {
            shop.receive("REFUSED", 5);
            String order = Shop.order("tok_ok", new Line("REFUSED", 1)).replace("R-1", "AGAIN");
            shop.post("/v1/orders", order.replace("[{", "[{\"sku\":\"REFUSED\",\"quantity\":1,\"unit_price\":"
                    + "{\"currency\":\"USD\",\"amount\":1}},{")).expect(422);

            shop.awaitStatus(shop.post("/v1/orders", order).expect(201).id(), "confirmed");
        }
    }

    @Nested
    class An_order_that_can_be_fulfilled {

        @Test
        void goes_from_placed_to_completed() {
            shop.receive("FULL-A", 5);
            shop.receive("FULL-B", 5);
            String id = shop.place("tok_ok", new Line("FULL-A", 2), new Line("FULL-B", 1));

            JsonNode confirmed = shop.awaitStatus(id, "confirmed");
            assertThat(confirmed.path("payment_status").asText()).isEqualTo("authorized");
            assertThat(confirmed.path("stock_status").asText()).isEqualTo("reserved");
            assertThat(confirmed.path("waiting_on").path("party").asText()).isEqualTo("staff");
            assertThat(confirmed.path("waiting_on").path("deadline").asText()).isNotEmpty();
            assertThat(confirmed.path("actions")).extracting(JsonNode::asText).containsExactly("cancel", "dispatch");
            assertThat(shop.stock("FULL-A").path("available").asInt()).isEqualTo(3);

            shop.post("/v1/orders/" + id + "/shipments", "{\"carrier\":\"DHL\"}").expect(201);
            JsonNode completed = shop.awaitStatus(id, "completed");
            assertThat(completed.path("waiting_on").isNull()).isTrue();
            assertThat(completed.path("actions")).extracting(JsonNode::asText).containsExactly("return", "refund");
            assertThat(completed.path("stock_status").asText()).isEqualTo("shipped");
            assertThat(shop.payment(completed).path("captured").path("amount").asLong()).isEqualTo(3000);
            assertStock("FULL-A", 3, 0);
            assertStock("FULL-B", 4, 0);
        }

        @Test
        void is_dispatched_in_two_parts_and_pays_for_each() {
            shop.receive("PARTS-A", 3);
            shop.receive("PARTS-B", 3);
            String id = shop.place("tok_ok", new Line("PARTS-A", 2), new Line("PARTS-B", 1));
            shop.awaitStatus(id, "confirmed");

            String lines = "{\"lines\":[{\"sku\":\"PARTS-A\",\"quantity\":2}]}";
            assertThat(shop.post("/v1/orders/" + id + "/shipments", lines).expect(201).body().path("value")
                    .path("amount").asLong()).isEqualTo(2000);
            JsonNode dispatched = shop.awaitStatus(id, "dispatched");
            await().untilAsserted(() ->
                    assertThat(shop.payment(dispatched).path("status").asText()).isEqualTo("partially_captured"));

            shop.post("/v1/orders/" + id + "/shipments", "{}").expect(201);
            JsonNode completed = shop.awaitStatus(id, "completed");
            assertThat(shop.payment(completed).path("captured").path("amount").asLong()).isEqualTo(3000);
            assertThat(shop.payment(completed).path("operations")).hasSize(3);
            assertStock("PARTS-A", 1, 0);
            assertStock("PARTS-B", 2, 0);
        }

        @Test
        void tells_its_whole_story() {
            shop.receive("STORY", 1);
            String id = shop.place("tok_ok", new Line("STORY", 1));
            shop.awaitStatus(id, "confirmed");
            shop.post("/v1/orders/" + id + "/shipments", "{}").expect(201);
            shop.awaitStatus(id, "completed");

            await().untilAsserted(() ->
                    assertThat(shop.get("/v1/orders/" + id + "/timeline").expect(200).body().path("entries"))
                            .extracting(entry -> entry.path("fact").asText())
                            .contains("OrderPlaced", "StockReserved", "PaymentRequested", "PaymentAuthorized",
                                    "OrderConfirmed", "OrderDispatched", "StockShipped", "PaymentCaptured",
                                    "OrderCompleted"));
        }
    }

    @Nested
    class An_order_that_cannot_be_fulfilled {

        @Test
        void is_rejected_when_stock_is_short_and_holds_nothing() {
            shop.receive("SHORT-A", 5);
            shop.receive("SHORT-B", 1);
            String id = shop.place("tok_ok", new Line("SHORT-A", 2), new Line("SHORT-B", 2));

            JsonNode rejected = shop.awaitStatus(id, "rejected");
            assertThat(rejected.path("rejection").path("code").asText()).isEqualTo("out_of_stock");
            assertThat(rejected.path("payment_status").asText()).isEqualTo("none");
            assertThat(rejected.path("stock_status").asText()).isEqualTo("released");
            assertStock("SHORT-A", 5, 0);
            assertStock("SHORT-B", 1, 0);
        }

        @Test
        void is_rejected_when_the_card_is_declined_and_holds_nothing() {
            shop.receive("DECLINED", 5);
            String id = shop.place("tok_declined", new Line("DECLINED", 2));

            JsonNode rejected = shop.awaitStatus(id, "rejected");
            assertThat(rejected.path("rejection").path("code").asText()).isEqualTo("card_declined");
            assertThat(rejected.path("payment_status").asText()).isEqualTo("declined");
            assertStock("DECLINED", 5, 0);
        }

        @Test
        void is_rejected_when_the_payment_takes_too_long_and_gives_back_what_came_late() {
            shop.receive("OVERDUE", 5);
            String id = shop.place("tok_slow", new Line("OVERDUE", 2));

            JsonNode rejected = shop.awaitStatus(id, "rejected");
            assertThat(rejected.path("rejection").path("code").asText()).isEqualTo("payment_timeout");
            assertThat(shop.payment(rejected).path("captured").path("amount").asLong()).isZero();
            assertThat(rejected.path("payment_status").asText()).isEqualTo("voided");
            assertStock("OVERDUE", 5, 0);
        }
    }

    @Nested
    class An_order_that_somebody_cancels {

        @Test
        void ends_cancelled_before_the_money_is_authorized() {
            shop.receive("CANCEL-EARLY", 5);
            String id = shop.place("tok_slow", new Line("CANCEL-EARLY", 2));
            shop.awaitWaitingOn(id, "payment_authorization");
            cancel(id);

            JsonNode cancelled = shop.awaitStatus(id, "cancelled");
            assertThat(cancelled.path("payment_status").asText()).isEqualTo("voided");
            assertStock("CANCEL-EARLY", 5, 0);
        }

        @Test
        void ends_cancelled_after_the_money_was_authorized() {
            shop.receive("CANCEL-LATE", 5);
            String id = shop.place("tok_ok", new Line("CANCEL-LATE", 2));
            shop.awaitStatus(id, "confirmed");
            cancel(id);

            JsonNode cancelled = shop.awaitStatus(id, "cancelled");
            assertThat(cancelled.path("payment_status").asText()).isEqualTo("voided");
            assertStock("CANCEL-LATE", 5, 0);
        }

        @Test
        void cannot_be_dispatched_any_more_and_a_dispatched_one_cannot_be_cancelled() {
            shop.receive("EITHER", 5);
            String cancelled = shop.place("tok_ok", new Line("EITHER", 1));
            shop.awaitStatus(cancelled, "confirmed");
            cancel(cancelled);
            assertThat(shop.post("/v1/orders/" + cancelled + "/shipments", "{}").expect(409).text("code"))
                    .isIn("cancellation_requested", "order_ended");

            String dispatched = shop.place("tok_ok", new Line("EITHER", 1));
            shop.awaitStatus(dispatched, "confirmed");
            shop.post("/v1/orders/" + dispatched + "/shipments", "{}").expect(201);
            assertThat(shop.post("/v1/orders/" + dispatched + "/cancellations", "{\"reason\":\"too late\"}")
                    .expect(409).text("code")).isIn("already_dispatched", "order_ended");
        }

        private void cancel(String id) {
            shop.post("/v1/orders/" + id + "/cancellations", "{\"reason\":\"changed my mind\"}").expect(201);
        }
    }

    @Nested
    class A_request_that_is_repeated {

        @Test
        void places_one_order_and_gets_the_same_answer_for_ever() {
            shop.receive("REPEAT", 5);
            String order = Shop.order("tok_ok", new Line("REPEAT", 1));
            var first = shop.post("/v1/orders", order, "key-1").expect(201);
            shop.awaitStatus(first.id(), "confirmed");
            var second = shop.post("/v1/orders", order, "key-1").expect(201);

            assertThat(second.body()).isEqualTo(first.body());
            assertThat(second.header("Location")).isEqualTo("/v1/orders/" + first.id());
            assertThat(shop.get("/v1/orders?sku=REPEAT").body().path("items")).hasSize(1);
        }

        @Test
        void is_refused_when_its_body_is_another() {
            shop.receive("REUSED", 5);
            shop.post("/v1/orders", Shop.order("tok_ok", new Line("REUSED", 1)), "key-2").expect(201);
            assertThat(shop.post("/v1/orders", Shop.order("tok_ok", new Line("REUSED", 2)), "key-2").expect(422)
                    .text("code")).isEqualTo("idempotency_key_reused");
        }

        @Test
        void receives_stock_once_and_gets_the_same_answer() {
            var first = shop.post("/v1/stock/ONCE/receipts", "{\"quantity\":5}", "key-3").expect(201);
            var second = shop.post("/v1/stock/ONCE/receipts", "{\"quantity\":5}", "key-3").expect(201);
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(shop.post("/v1/stock/ONCE/receipts", "{\"quantity\":6}", "key-3").expect(422).text("code"))
                    .isEqualTo("idempotency_key_reused");
            assertStock("ONCE", 5, 0);
        }

        /** As on Axon Server, where events are committed first, after a crash before the claim is. */
        @Test
        void meets_what_it_has_done_before_although_that_is_not_on_record() {
            shop.receive("GAP", 5);
            String order = Shop.order("tok_ok", new Line("GAP", 1));
            String id = shop.post("/v1/orders", order, "gap-1").expect(201).id();
            shop.awaitStatus(id, "confirmed");
            var receipt = shop.post("/v1/stock/GAP/receipts", "{\"quantity\":5}", "gap-2").expect(201);
            var count = shop.post("/v1/stock/GAP/adjustments", "{\"change\":-2,\"reason\":\"lost\"}", "gap-3").expect(201);
            var shipment = shop.post("/v1/orders/" + id + "/shipments", "{}", "gap-4").expect(201);
            orderflow.bean(JdbcTemplate.class).update("UPDATE platform.idempotency_record SET handled = FALSE,"
                    + " result_type = NULL, result = NULL WHERE idempotency_key LIKE 'gap-%'");

            assertThat(shop.post("/v1/orders", order, "gap-1").expect(201).id()).isEqualTo(id);
            assertThat(shop.post("/v1/stock/GAP/receipts", "{\"quantity\":5}", "gap-2").body()).isEqualTo(receipt.body());
            assertThat(shop.post("/v1/stock/GAP/adjustments", "{\"change\":-2,\"reason\":\"lost\"}", "gap-3").body())
                    .isEqualTo(count.body());
            assertThat(shop.post("/v1/orders/" + id + "/shipments", "{}", "gap-4").body()).isEqualTo(shipment.body());
            shop.awaitStatus(id, "completed");
            assertThat(shop.get("/v1/orders?sku=GAP").body().path("items")).hasSize(1);
            assertStock("GAP", 7, 0);
        }

        @Test
        void waits_for_the_outcome_if_asked_to() {
            shop.receive("WAIT", 5);
            var answer = shop.post("/v1/orders", Shop.order("tok_ok", new Line("WAIT", 1)), "key-4", "Prefer",
                    "wait=10").expect(201);
            assertThat(answer.text("status")).isEqualTo("confirmed");
            assertThat(answer.header("Preference-Applied")).isEqualTo("wait=10");
        }
    }

    private void assertStock(String sku, int onHand, int reserved) {
        await().untilAsserted(() -> {
            JsonNode stock = shop.stock(sku);
            assertThat(stock.path("on_hand").asInt()).as("on hand").isEqualTo(onHand);
            assertThat(stock.path("reserved").asInt()).as("reserved").isEqualTo(reserved);
        });
    }
}
