package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.orderflow.flow.Shop.Answer;
import io.orderflow.flow.Shop.Line;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputFlowTest {

    private static final String GOOD = Shop.order("tok_ok", new Line("GOOD", 1)).replace("R-1", "BAD-1");

    private RunningOrderflow orderflow;
    private Shop shop;

    @BeforeAll
    void start(@TempDir Path data) {
        orderflow = RunningOrderflow.start(data);
        shop = orderflow.shop();
        shop.receive("GOOD", 5);
        shop.receive("OTHER", 5);
    }

    @AfterAll
    void stop() {
        orderflow.close();
    }

    static Stream<Arguments> orders() {
        return Stream.of(
                arguments("an unknown SKU", GOOD.replace("GOOD", "NO-SUCH"), 422, "unknown_sku"),
                arguments("a SKU that cannot be one", GOOD.replace("GOOD", "?"), 422, "invalid_sku"),
                arguments("no units", GOOD.replace("\"quantity\":1", "\"quantity\":0"), 422, "invalid_quantity"),
                arguments("fewer than no units", GOOD.replace("\"quantity\":1", "\"quantity\":-1"), 422,
                        "invalid_quantity"),
                arguments("absurdly many units", GOOD.replace("\"quantity\":1", "\"quantity\":1000001"), 422,
                        "invalid_quantity"),
                arguments("more units than a number holds", GOOD.replace("\"quantity\":1", "\"quantity\":99999999999"),
                        400, "invalid_field"),
                arguments("half a unit", GOOD.replace("\"quantity\":1", "\"quantity\":0.5"), 400, "invalid_field"),
                arguments("units as text", GOOD.replace("\"quantity\":1", "\"quantity\":\"1\""), 400,
                        "invalid_field"),
                arguments("no quantity", GOOD.replace("\"quantity\":1,", ""), 400, "validation_failed"),
                arguments("a negative price", GOOD.replace("1000}", "-1}"), 422, "negative_price"),
                arguments("nothing to pay", GOOD.replace("1000}", "0}"), 422, "nothing_to_pay"),
                arguments("a fraction of a cent", GOOD.replace("1000}", "10.5}"), 400, "invalid_field"),
                arguments("no price", GOOD.replace(",\"unit_price\":{\"currency\":\"EUR\",\"amount\":1000}", ""), 400,
                        "validation_failed"),
                arguments("mixed currency", GOOD.replace("\"currency\":\"EUR\",\"amount\"",
                        "\"currency\":\"USD\",\"amount\""), 422, "mixed_currency"),
                arguments("no such currency", GOOD.replace("EUR", "ABC"), 422, "unknown_currency"),
                arguments("one SKU on two lines", Shop.order("tok_ok", new Line("GOOD", 1), new Line("GOOD", 2)), 422,
                        "duplicate_sku"),
                arguments("no lines", Shop.order("tok_ok"), 400, "validation_failed"),
                arguments("10,000 lines", Shop.order("tok_ok", IntStream.range(0, 10_000)
                        .mapToObj(n -> new Line("S" + n, 1)).toArray(Line[]::new)), 400, "validation_failed"),
                arguments("more than a body may hold", " ".repeat(1_100_000) + GOOD, 413, "body_too_large"),
                arguments("an unknown field", GOOD.replace("\"reference\"", "\"ref\":1,\"reference\""), 400,
                        "unknown_field"),
                arguments("an unknown field in a line", GOOD.replace("\"sku\"", "\"colour\":1,\"sku\""), 400,
                        "unknown_field"),
                arguments("broken JSON", GOOD.substring(0, 40), 400, "malformed_json"),
                arguments("no body", "", 400, "malformed_json"),
                arguments("a list for an order", "[]", 400, "malformed_json"),
                arguments("a character that no text has", GOOD.replace("BAD-1", "BAD\\u0000"), 422, "invalid_text"),
                arguments("half a character", GOOD.replace("BAD-1", "BAD\\ud800"), 422, "invalid_text"),
                arguments("no e-mail address", GOOD.replace("ada@example.org", "ada"), 400, "validation_failed"),
                arguments("no payment method", GOOD.replace("{\"method\":\"tok_ok\"}", "{}"), 400,
                        "validation_failed"));
    }

    @ParameterizedTest(name = "{0} is {2} {3}")
    @MethodSource("orders")
    void an_order_with(String what, String body, int status, String code) {
        long events = events();
        problem(shop.post("/v1/orders", body), status, code);
        assertThat(events()).isEqualTo(events);
        assertThat(shop.get("/v1/orders?limit=1&reference=BAD-1").body().path("items")).isEmpty();
    }

    @Test
    void a_request_without_its_key_or_in_another_format_is_refused() {
        var noKey = shop.request("/v1/orders").header("Content-Type", "application/json");
        problem(shop.send(noKey.POST(BodyPublishers.ofString(GOOD))), 400, "idempotency_key_required");
        problem(shop.post("/v1/orders", GOOD, "x".repeat(256)), 400, "invalid_idempotency_key");
        problem(shop.post("/v1/orders", GOOD, "key", "Content-Type", "text/plain"), 415, "unsupported_media_type");
        problem(shop.send(shop.request("/v1/orders").DELETE()), 405, "method_not_allowed");
        problem(shop.send(shop.request("/v1/orders").header("Accept", "image/png")), 406, "not_acceptable");
    }

    @Test
    void what_is_not_there_is_not_found() {
        problem(shop.get("/v1/orders/ord_1"), 404, "unknown_order");
        problem(shop.get("/v1/orders/1"), 404, "unknown_id");
        problem(shop.get("/v1/orders/ord_1/timeline"), 404, "unknown_order");
        problem(shop.get("/v1/orders/ord_1/events"), 404, "unknown_order");
        problem(shop.get("/v1/payments/pay_1"), 404, "unknown_payment");
        problem(shop.get("/v1/stock/NO-SUCH"), 404, "unknown_sku");
        problem(shop.get("/v1/stock/NO-SUCH/movements"), 404, "unknown_sku");
        problem(shop.post("/v1/stock/NO-SUCH/adjustments", "{\"change\":1,\"reason\":\"found\"}"), 404,
                "unknown_sku");
        problem(shop.post("/v1/orders/ord_1/cancellations", "{\"reason\":\"x\"}"), 404, "unknown_order");
        problem(shop.get("/v1/baskets"), 404, "no_such_endpoint");
    }

    @Test
    void parameters_that_make_no_sense_are_refused() {
        problem(shop.get("/v1/orders?colour=red"), 400, "unknown_parameter");
        problem(shop.get("/v1/orders?status=lost"), 400, "invalid_parameter");
        problem(shop.get("/v1/orders?limit=0"), 400, "validation_failed");
        problem(shop.get("/v1/orders?limit=1000"), 400, "validation_failed");
        problem(shop.get("/v1/orders?limit=many"), 400, "invalid_parameter");
        problem(shop.get("/v1/orders?cursor=%21%21"), 400, "invalid_cursor");
        problem(shop.get("/v1/orders?created_from=2026-03-02"), 400, "invalid_parameter");
        problem(shop.get("/v1/orders?created_from=2026-03-02T12:00:00"), 400, "invalid_parameter");
        problem(shop.get("/v1/orders/ord_1?expand=lines"), 400, "unknown_parameter");
    }

    @Test
    void stock_that_is_reserved_cannot_be_adjusted_away() {
        shop.receive("HELD", 5);
        shop.awaitStatus(shop.post("/v1/orders", Shop.order("tok_ok", new Line("HELD", 4))).expect(201).id(),
                "confirmed");
        problem(shop.post("/v1/stock/HELD/adjustments", "{\"change\":-2,\"reason\":\"lost\"}"), 409, "below_reserved");
        problem(shop.post("/v1/stock/HELD/adjustments", "{\"counted\":3,\"reason\":\"count\"}"), 428,
                "precondition_required");
        problem(shop.post("/v1/stock/HELD/adjustments",
                "{\"counted\":5,\"expected_on_hand\":4,\"reason\":\"count\"}"), 409, "stock_changed");
        problem(shop.post("/v1/stock/HELD/receipts", "{\"quantity\":0}"), 400, "validation_failed");
        assertThat(shop.stock("HELD").path("on_hand").asInt()).isEqualTo(5);
    }

    @Test
    void an_order_cannot_be_dispatched_before_its_time_or_beyond_its_lines() {
        String id = shop.post("/v1/orders", Shop.order("tok_ok", new Line("OTHER", 2))).expect(201).id();
        shop.awaitStatus(id, "confirmed");
        String shipments = "/v1/orders/" + id + "/shipments";
        problem(shop.post(shipments, "{\"lines\":[{\"sku\":\"OTHER\",\"quantity\":3}]}"), 409, "more_than_ordered");
        problem(shop.post(shipments, "{\"lines\":[{\"sku\":\"GOOD\",\"quantity\":1}]}"), 422, "sku_not_in_order");
        problem(shop.post(shipments, "{\"lines\":[{\"sku\":\"OTHER\",\"quantity\":0}]}"), 422, "invalid_quantity");
        shop.post(shipments, "{}").expect(201);
        problem(shop.post(shipments, "{}", UUID.randomUUID().toString()), 409, "nothing_to_dispatch", "order_ended");
    }

    private static void problem(Answer answer, int status, String... codes) {
        answer.expect(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text("code")).isIn((Object[]) codes);
        assertThat(answer.text("type")).isEqualTo("/problems/" + answer.text("code"));
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
        assertThat(answer.text("title")).isNotBlank();
        assertThat(answer.text("detail")).as("says what to do").hasSizeGreaterThan(10);
        assertThat(answer.text("instance")).startsWith("/v");
    }

    private long events() {
        return orderflow.bean(JdbcTemplate.class).queryForObject("SELECT COUNT(*) FROM axon.domain_event_entry",
                Long.class);
    }
}
