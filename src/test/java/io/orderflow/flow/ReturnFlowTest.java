package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.flow.Shop.Answer;
import io.orderflow.flow.Shop.Line;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReturnFlowTest {

    private RunningOrderflow orderflow;
    private Shop shop;

    @BeforeAll
    void start(@TempDir Path data) {
        orderflow = RunningOrderflow.start(data, "orderflow.fulfillment.return-overdue=2s",
                "orderflow.payment.gateway.refund-retry=100ms", "orderflow.sandbox.pending=200ms");
        shop = orderflow.shop();
    }

    @AfterAll
    void stop() {
        orderflow.close();
    }

    @Nested
    class Goods_of_a_completed_order {

        @Test
        void are_paid_back_exactly_and_put_back_on_the_shelf_unless_they_are_damaged() {
            String id = completed("BACK", 3);

            Answer returned = takeBack(id, "back-1", line("BACK", 1, "restock"), line("BACK", 1, "damaged"))
                    .expect(201);
            assertThat(returned.header("Location")).isEqualTo("/v1/orders/" + id);
            assertThat(returned.body().path("value").path("amount").asLong()).isEqualTo(2000);
            assertThat(returned.text("status")).isEqualTo("open");

            JsonNode order = awaitSettled(id, 1);
            assertThat(order.path("status").asText()).isEqualTo("completed");
            assertThat(order.path("returns").path(0).path("id").asText()).isEqualTo(returned.id());
            assertThat(order.path("lines").path(0).path("returned").asInt()).isEqualTo(2);
            assertThat(order.path("payment_status").asText()).isEqualTo("partially_refunded");
            assertThat(order.path("actions")).extracting(JsonNode::asText).containsExactly("return", "refund");
            JsonNode payment = awaitRefunded(order, 2000);
            assertThat(payment.path("captured").path("amount").asLong()).isEqualTo(3000);
            assertThat(payment.path("refunds")).extracting(refund -> refund.path("id").asText())
                    .containsExactly(returned.id());
            awaitOnHand("BACK", 3);
        }

        @Test
        void come_back_once_however_often_it_is_said() {
            String id = completed("ONCE", 2);

            Answer first = takeBack(id, "once-1", line("ONCE", 2, "restock")).expect(201);
            awaitSettled(id, 1);
            Answer second = takeBack(id, "once-1", line("ONCE", 2, "restock")).expect(201);

            assertThat(second.body()).isEqualTo(first.body());
            Answer more = takeBack(id, "once-2", line("ONCE", 1, "damaged")).expect(409);
            assertThat(more.text("code")).isEqualTo("more_than_dispatched");
            assertThat(more.body().path("left").asInt()).isZero();
            JsonNode order = awaitSettled(id, 1);
            assertThat(order.path("payment_status").asText()).isEqualTo("refunded");
            assertThat(order.path("actions")).isEmpty();
            awaitOnHand("ONCE", 5);
        }

        @Test
        void are_part_of_its_story() {
            String id = completed("STORY", 1);
            takeBack(id, "story-1", line("STORY", 1, "restock")).expect(201);
            awaitSettled(id, 1);

            JsonNode story = await().until(() ->
                    shop.get("/v1/orders/" + id + "/timeline").expect(200).body(),
                    timeline -> timeline.path("waiting_on").isNull()
                            && timeline.path("entries").findValuesAsText("fact").contains("ReturnClosed"));

            assertThat(story.path("entries").findValuesAsText("fact")).contains("OrderCompleted", "GoodsReturned",
                    "RefundRequested", "StockReturned", "PaymentRefunded", "ReturnClosed");
        }
    }

    @Nested
    class Goods_of_an_order_that_is_not_completed {

        @Test
        void can_come_back_while_the_rest_still_waits_for_its_dispatch() {
            shop.receive("PART", 5);
            String id = shop.place("tok_ok", new Line("PART", 3));
            shop.awaitStatus(id, "confirmed");
            dispatch(id, "{\"lines\":[{\"sku\":\"PART\",\"quantity\":1}]}");

            takeBack(id, "part-1", line("PART", 1, "restock")).expect(201);

            JsonNode order = shop.awaitOrder(id, read -> read.path("returns").path(0).path("status").asText()
                    .equals("closed") && read.path("waiting_on").path("code").asText().equals("dispatch"));
            assertThat(order.path("status").asText()).isEqualTo("dispatched");
            assertThat(order.path("payment_status").asText()).isEqualTo("partially_refunded");
            assertThat(awaitRefunded(order, 1000).path("status").asText()).isEqualTo("partially_refunded");
            dispatch(id, "{}");
            JsonNode completed = shop.awaitStatus(id, "completed");
            assertThat(completed.path("payment_status").asText()).isEqualTo("partially_refunded");
            assertThat(awaitRefunded(completed, 1000).path("captured").path("amount").asLong()).isEqualTo(3000);
            awaitOnHand("PART", 3);
        }

        @Test
        void cannot_come_back_before_they_are_dispatched() {
            shop.receive("EARLY", 5);
            String id = shop.place("tok_ok", new Line("EARLY", 1));
            shop.awaitStatus(id, "confirmed");

            assertThat(takeBack(id, "early-1", line("EARLY", 1, "restock")).expect(409).text("code"))
                    .isEqualTo("not_dispatched");
        }
    }

    @Nested
    class Money {

        @Test
        void that_the_gateway_refuses_to_pay_back_waits_on_staff_who_settles_it_by_hand() {
            String id = completed("REFUSED", 1, "tok_refund_fails");
            takeBack(id, "refused-1", line("REFUSED", 1, "restock")).expect(201);

            JsonNode order = shop.awaitWaitingOn(id, "refund_failed");
            assertThat(order.path("status").asText()).isEqualTo("completed");
            assertThat(order.path("waiting_on").path("party").asText()).isEqualTo("staff");
            assertThat(order.path("returns").path(0).path("status").asText()).isEqualTo("open");
            JsonNode payment = await().until(() -> shop.payment(order),
                    read -> read.path("refunds").path(0).path("status").asText().equals("failed"));
            JsonNode failed = payment.path("operations").path(payment.path("operations").size() - 1);
            String settlements = "/v1/payments/" + payment.path("id").asText() + "/operations/"
                    + failed.path("id").asText() + "/settlements";
            JsonNode receipt = shop.post(settlements, "{\"note\": \"by bank transfer\"}", "by-hand").expect(201).body();
            assertThat(shop.post(settlements, "{\"note\": \"by bank transfer\"}", "by-hand").expect(201).body())
                    .isEqualTo(receipt);
            assertThat(shop.post(settlements, "{\"note\": \"in cash\"}", "by-hand").expect(422).text("code"))
                    .isEqualTo("idempotency_key_reused");

            JsonNode settled = awaitSettled(id, 1);
            assertThat(settled.path("payment_status").asText()).isEqualTo("refunded");
            assertThat(awaitRefunded(settled, 1000).path("refunds").path(0).path("status").asText())
                    .isEqualTo("settled_by_hand");
            awaitOnHand("REFUSED", 5);
        }

        @Test
        void that_the_gateway_takes_its_time_to_pay_back_waits_on_the_gateway() {
            String id = completed("SLOWLY", 1, "tok_refund_pending");
            takeBack(id, "slowly-1", line("SLOWLY", 1, "damaged")).expect(201);

            assertThat(shop.awaitWaitingOn(id, "refund").path("waiting_on").path("party").asText())
                    .isEqualTo("gateway");
            awaitRefunded(awaitSettled(id, 1), 1000);
            awaitOnHand("SLOWLY", 4);
        }

        @Test
        void is_awaited_also_when_no_goods_come_back() {
            String id = completed("KEPT", 1);

            shop.post("/v1/payments/" + order(id).path("payment_id").asText() + "/refunds", """
                    {"amount": {"currency": "EUR", "amount": 400}, "reason": "a scratch"}""").expect(201);

            awaitRefunded(shop.awaitOrder(id, read -> read.path("payment_status").asText().equals("partially_refunded")
                    && read.path("waiting_on").isNull()), 400);
        }

        @Test
        void that_was_paid_back_before_the_goods_came_is_not_paid_twice_and_staff_closes_the_return() {
            String id = completed("PAID", 1);
            shop.post("/v1/payments/" + order(id).path("payment_id").asText() + "/refunds",
                    "{\"reason\": \"a promise\"}").expect(201);
            shop.awaitOrder(id, read -> read.path("payment_status").asText().equals("refunded"));
            String returned = takeBack(id, "paid-1", line("PAID", 1, "restock")).expect(201).id();

            JsonNode stuck = shop.awaitWaitingOn(id, "step_failed");
            assertThat(stuck.path("waiting_on").path("party").asText()).isEqualTo("staff");
            shop.post("/v1/orders/" + id + "/returns/" + returned + "/closures", """
                    {"note": "paid back before the goods came"}""").expect(201);

            JsonNode settled = awaitSettled(id, 1);
            awaitRefunded(settled, 1000);
            awaitOnHand("PAID", 5);
        }
    }

    /** An order that took so many of five units. */
    private String completed(String sku, int quantity) {
        return completed(sku, quantity, "tok_ok");
    }

    private String completed(String sku, int quantity, String method) {
        shop.receive(sku, 5);
        String id = shop.place(method, new Line(sku, quantity));
        shop.awaitStatus(id, "confirmed");
        dispatch(id, "{}");
        shop.awaitStatus(id, "completed");
        return id;
    }

    private void dispatch(String id, String body) {
        shop.post("/v1/orders/" + id + "/shipments", body).expect(201);
    }

    private Answer takeBack(String id, String key, String... lines) {
        return shop.post("/v1/orders/" + id + "/returns", """
                {"lines": [%s], "reason": "too bitter"}""".formatted(String.join(",", lines)), key);
    }

    private static String line(String sku, int quantity, String condition) {
        return """
                {"sku": "%s", "quantity": %d, "condition": "%s"}""".formatted(sku, quantity, condition);
    }

    private JsonNode order(String id) {
        return shop.get("/v1/orders/" + id).expect(200).body();
    }

    private JsonNode awaitSettled(String id, int returns) {
        return shop.awaitOrder(id, read -> read.path("returns").size() == returns && read.path("waiting_on").isNull()
                && read.path("returns").findValuesAsText("status").stream().allMatch("closed"::equals));
    }

    private JsonNode awaitRefunded(JsonNode order, long amount) {
        return await().until(() -> shop.payment(order),
                payment -> payment.path("refunded").path("amount").asLong() == amount);
    }

    private void awaitOnHand(String sku, int units) {
        await().untilAsserted(() ->
                assertThat(shop.stock(sku).path("on_hand").asInt()).isEqualTo(units));
    }
}
