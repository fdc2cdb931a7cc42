package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.flow.Shop.Answer;
import io.orderflow.flow.Shop.Line;
import io.orderflow.packaged.DemoUser;
import io.orderflow.packaged.TestStore;
import io.orderflow.platform.spi.Cursor;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputFlowTest {

    private static final String GOOD = Shop.order("tok_ok", new Line("GOOD", 1)).replace("R-1", "BAD-1");

    private static final String FINE = Shop.order("tok_ok", new Line("MANY", 1));

    private RunningOrderflow orderflow;
    private Shop shop;

    @BeforeAll
    void start(@TempDir Path data) {
        orderflow = RunningOrderflow.start(data);
        shop = orderflow.shop();
        shop.receive("GOOD", 5);
        shop.receive("OTHER", 5);
        shop.receive("MANY", 10_000);
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
                arguments("a payment method with a character that no text has",
                        GOOD.replace("tok_ok", "tok\\u0000"), 422, "invalid_payment_method"),
                arguments("a payment method that moves a terminal", GOOD.replace("tok_ok", "tok\\u001b[2J"), 422,
                        "invalid_payment_method"),
                arguments("half a character for a payment method", GOOD.replace("tok_ok", "\\udc00"), 422,
                        "invalid_payment_method"),
                arguments("no e-mail address", GOOD.replace("ada@example.org", "ada"), 400, "validation_failed"),
                arguments("no payment method", GOOD.replace("{\"method\":\"tok_ok\"}", "{}"), 400,
                        "validation_failed"));
    }

    @ParameterizedTest(name = "{0} is {2} {3}")
    @MethodSource("orders")
    void an_order_with(String what, String body, int status, String code) {
        long placed = placed();
        problem(shop.post("/v1/orders", body), status, code);
        assertThat(placed()).isEqualTo(placed);
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
    void a_path_that_is_no_uri_is_answered_as_any_other() {
        var answer = raw("//", "POST //", "", "Origin: http://evil.example");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().path("code").asText()).isEqualTo("cross_origin");
        assertThat(answer.body().path("instance").asText()).isEqualTo("/");
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

    @ParameterizedTest
    @CsvSource({"' '", "\\t", "' \\n '", "''"})
    void a_blank_text_is_no_number_that_was_left_out(String blank) {
        String path = "/v1/stock/GOOD/adjustments";
        long units = shop.stock("GOOD").path("on_hand").asLong();
        for (String body : List.of("{\"change\":1,\"counted\":\"%s\",\"reason\":\"found\"}",
                "{\"change\":1,\"expected_on_hand\":\"%s\",\"reason\":\"found\"}",
                "{\"change\":\"%s\",\"counted\":5,\"expected_on_hand\":5,\"reason\":\"count\"}")) {
            problem(shop.post(path, body.formatted(blank)), 400, "invalid_field");
        }
        assertThat(shop.stock("GOOD").path("on_hand").asLong()).isEqualTo(units);
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

    static Stream<Arguments> bodies() {
        return Stream.of(
                arguments("a member twice", "{\"a\":1,\"a\":1}", 400, "malformed_json"),
                arguments("a member twice within", "{\"a\":{\"b\":null,\"c\":[],\"b\":null}}", 400, "malformed_json"),
                arguments("a second document", "{}{}", 400, "malformed_json"),
                arguments("something after its end", "{} x", 400, "malformed_json"),
                arguments("no end", "{", 400, "malformed_json"),
                arguments("null", "null", 400, "malformed_json"),
                arguments("a list", "[{}]", 400, "malformed_json"),
                arguments("a text", "\"{}\"", 400, "malformed_json"),
                arguments("a comment", "{/**/}", 400, "malformed_json"),
                arguments("no number", "{\"a\":NaN}", 400, "malformed_json"),
                arguments("a depth without end", "{\"a\":" + "[".repeat(3_000), 400, "malformed_json"),
                arguments("a name that no text can be", "{\"\\ud800\":1}", 400, "malformed_json"),
                arguments("a byte order mark", "\u00ef\u00bb\u00bf{}", 400, "malformed_json"),
                arguments("UTF-16", "\0{\0}", 400, "malformed_json"),
                arguments("Latin-1", "{\"\u00fc\":1}", 400, "malformed_json"),
                arguments("an overlong NUL", "{\"\u00c0\u0080\":1}", 400, "malformed_json"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void no_endpoint_takes_a_body_that_is(String what, String body, int status, String code) {
        everyWrite((path, endpoint) -> raw(path, endpoint, body, "Content-Type: application/json"), status, code,
                "callbacks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/yaml", "application/x-yaml", "application/cbor", "application/x-jackson-smile",
            "application/xml", "application/vnd.order+json", "application/problem+json", "application/merge-patch+json",
            "application/*", "*/*", "text/plain", "text/json", "multipart/form-data", "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded", "json", "application/json; charset=utf-16",
            "application/json; charset=iso-8859-1", "application/json; charset=x-none", "application/json; charset="})
    void no_endpoint_takes_a_body_of_type(String type) {
        everyWrite((path, endpoint) -> raw(path, endpoint, "{}", "Content-Type: " + type), 415,
                "unsupported_media_type");
    }

    @Test
    void no_endpoint_takes_a_body_of_no_type_or_two_or_a_compressed_one() {
        String json = "Content-Type: application/json";
        everyWrite((path, endpoint) -> raw(path, endpoint, "{}", "X-No: type"), 415, "unsupported_media_type");
        everyWrite((path, endpoint) -> raw(path, endpoint, "{}", json + "\r\n" + json), 415, "unsupported_media_type");
        for (String coding : List.of("gzip", "br", "identity, gzip")) {
            everyWrite((path, endpoint) -> {
                var answer = raw(path, endpoint, "{}", json + "\r\nContent-Encoding: " + coding);
                assertThat(answer.head()).contains("Accept-Encoding: identity");
                return answer;
            }, 415, "unsupported_media_type");
        }
        assertThat(shop.post("/v1/orders", FINE, "typed", "Content-Type", "application/json; charset=\"utf-8\"",
                "Content-Encoding", "identity").expect(201).id()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/yaml", "application/xml", "application/cbor", "application/problem+json",
            "application/vnd.order+json", "image/png", "text/html", "application/json;q=0", "*/*;q=0",
            "application/json; charset=utf-16", "application/json;q=0, */*", "nonsense", "text/", "*/json"})
    void no_endpoint_does_anything_for_who_does_not_take_its_answer(String accept) {
        long placed = placed();
        assertThat(raw("/v1/orders", "POST /v1/orders", FINE.replace("R-1", UUID.randomUUID().toString()),
                "Content-Type: application/json\r\nAccept: " + accept)
                .status()).isEqualTo(406);
        for (String endpoint : endpoints("GET", "POST", "DELETE")) {
            if (endpoint.endsWith("/events") && accept.endsWith(" */*")) {
                continue; // a stream is neither JSON nor refused
            }
            var answer = raw(path(endpoint), endpoint, "", "Accept: " + accept);
            assertThat(answer.status()).as(endpoint).isEqualTo(406);
            assertThat(answer.head()).as(endpoint).contains("application/problem+json");
            assertThat(answer.body().path("code").asText()).as(endpoint).isEqualTo("not_acceptable");
        }
        assertThat(placed()).isEqualTo(placed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz=1", "x=50%", "x=%", "x=%4", "x=%ff", "x=%C0%80", "x=%ed%a0%80", "x=%00", "%00=1", "x=%1b",
            "x=%7f", "x=%c2%85", "=1", "=", "colour=red", "colour", "limit=1&colour="})
    void no_endpoint_leaves_out_a_parameter_that_it_cannot_read(String query) {
        for (String endpoint : endpoints("GET", "POST", "DELETE")) {
            var answer = raw(path(endpoint) + "?" + query, endpoint, "", "X-No: body");
            assertThat(answer.status()).as(endpoint).isEqualTo(400);
            assertThat(answer.body().path("code").asText()).as(endpoint)
                    .isIn("invalid_parameter", "unknown_parameter");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference=M%FCller", "customer=%C0%80", "reference=%ed%a0%80", "sku=%ff"})
    void no_parameter_is_read_in_another_encoding(String query) {
        var answer = raw("/v1/orders?" + query, "GET /v1/orders", "", "X-No: body");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("code").asText()).isEqualTo("invalid_parameter");
        assertThat(answer.body().path("detail").asText()).contains("not percent-encoded UTF-8");
    }

    @Test
    void no_endpoint_takes_a_parameter_without_a_value_or_with_two() {
        int parameters = 0;
        for (String endpoint : endpoints("GET", "POST")) {
            String[] words = endpoint.split(" ");
            for (JsonNode parameter : PublishedApi.parameters(words[0], words[1]).values()) {
                String name = parameter.path("name").asText();
                for (String query : List.of(name, name + "=", name + "=1&" + name + "=1", name + "=%00")) {
                    if (parameter.path("in").asText().equals("query")) {
                        assertThat(raw(path(endpoint) + "?" + query, endpoint, "", "X-No: body").status())
                                .as("%s?%s", endpoint, query).isEqualTo(400);
                        parameters++;
                    }
                }
            }
        }
        assertThat(parameters).isGreaterThan(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=%2B5", "limit=+5", "limit=5+", "limit=%D9%A5", "limit=0x10", "limit=05", "limit=5.0",
            "limit=5e1", "limit=99999999999", "status=pla-ced", "status=1", "waiting_on=Staff%20",
            "status=%20", "status=%09", "waiting_on=%0a", "status=PLACED", "status=Placed", "waiting_on=%20STAFF",
            "created_from=%2B999999999-01-01T00:00:00Z", "created_to=%2B10000-01-01T00:00:00Z",
            "created_from=-0001-01-01T00:00:00Z", "created_from=0000-12-31T23:59:59Z",
            "created_to=0001-01-01T00:00:00%2B14:00", "created_to=9999-12-31T23:59:59-01:00",
            "created_from=2016-12-31T23:59:60Z", "created_from=2026-01-01T24:00:00Z", "created_from=2026-01-01T00:00:00",
            "created_from=2026-01-01", "created_from=1767225600", "created_from=2026-02-30T00:00:00Z",
            "created_from=%D9%A2026-01-01T00:00:00Z"})
    void a_search_whose_criterion_cannot_be_read_is_refused(String query) {
        problem(shop.get("/v1/orders?" + query), 400, "invalid_parameter");
    }

    @Test
    void a_search_between_the_first_and_the_last_instant_finds_all() {
        String id = shop.post("/v1/orders", FINE.replace("R-1", "a=b&c %"), "found").expect(201).id();
        shop.awaitStatus(id, "confirmed");

        Answer found = shop.get("/v1/orders?created_from=0001-01-01T00:00:00Z&created_to=9999-12-31T23:59:59.999999Z"
                + "&reference=a=b%26c+%25").expect(200);

        assertThat(found.body().path("items")).hasSize(1);
        assertThat(found.header("Link")).contains("&reference=a%3Db%26c%20%25>; rel=\"first\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12-31T23:59:59.999999999Z ord_1", "-0001-01-01T00:00:00Z ord_1",
            "2026-01-01T00:00:00Z \0", "2026-01-01T00:00:00Z", "2016-12-31T23:59:60Z ord_1", " ", "-1", "+5", "007",
            "\u0665", "99999999999999999999 ", "\0", "9223372036854775808 1"})
    void a_cursor_that_no_list_gave_out_is_refused(String key) {
        for (String list : List.of("/v1/orders", "/v1/stock", "/v1/stock/GOOD/movements", "/v1/operations/waiting-orders",
                "/v1/operations/dead-letters", "/v1/events")) {
            if (!(key.equals("007") && list.equals("/v1/stock"))) {
                problem(shop.get(list + "?cursor=" + Cursor.after(key)), 400, "invalid_cursor");
            }
        }
        problem(shop.get("/v1/events?cursor=" + Cursor.after(1) + "="), 400, "invalid_cursor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Prefer: wait=1\u00e2\u0082\u00ac", "X-City: \u00c5\u0081\u00f3d\u00c5\u00ba", "Cookie: a=\u0080",
            "User-Agent: \u009f", "Accept-Language: \u0085", "X-Forwarded-For: \u0090"})
    void bytes_beyond_ascii_in_a_header_are_nobodys_failure(String header) {
        var answer = raw("/v1/orders", "POST /v1/orders", FINE.replace("R-1", UUID.randomUUID().toString()),
                "Content-Type: application/json\r\n" + header);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(raw("/v1/stock", "GET /v1/stock", "", header).status()).isEqualTo(200);
    }

    @Test
    void bytes_beyond_ascii_in_a_header_that_is_read_are_refused() {
        String json = "Content-Type: application/json\r\n";
        String path = "/v1/stock/GOOD/adjustments";
        String body = "{\"change\":1,\"reason\":\"found\"}";
        assertThat(raw(path, "POST " + path, body, json + "If-Match: \"\u00e2\u0082\u00ac\"").status()).isEqualTo(412);
        var key = RawHttp.send(shop.url(), "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
                + DemoUser.ADMIN.authorization() + "\r\nIdempotency-Key: \u00e2\u0082\u00ac\r\n" + json
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        assertThat(key.body().path("code").asText()).isEqualTo("invalid_idempotency_key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "R-1"              | 7
            "R-1"              | true
            "c-1"              | 1.5
            "ada@example.org"  | {}
            "tok_ok"           | 5
            "MANY"             | ["MANY"]
            "EUR"              | 978
            """)
    void a_text_of_an_order_is_in_quotes(String text, String other) {
        problem(shop.post("/v1/orders", FINE.replaceFirst(Pattern.quote(text), other)), 400,
                "invalid_field");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            /v1/stock/GOOD/receipts            | {"quantity": 1, "note": 5}
            /v1/stock/GOOD/receipts            | {"quantity": 2.0}
            /v1/stock/GOOD/receipts            | {"quantity": 1e0}
            /v1/stock/GOOD/receipts            | {"quantity": true}
            /v1/stock/GOOD/adjustments         | {"change": 1, "reason": 2}
            /v1/stock/GOOD/adjustments         | {"change": 1, "reason": "2"}
            /v1/stock/GOOD/adjustments         | {"change": 1, "reason": ""}
            /v1/orders/ord_1/cancellations     | {"reason": false}
            /v1/operations/reconciliation      | {"since": 1767225600}
            /v1/operations/reconciliation      | {"since": "1767225600"}
            /v1/operations/reconciliation      | {"since": "+999999999-01-01T00:00:00Z"}
            /v1/operations/reconciliation      | {"since": "2016-12-31T23:59:60Z"}
            """)
    void a_value_of_another_type_is_refused(String path, String body) {
        problem(shop.post(path, body), 400, "invalid_field");
    }

    @Test
    void an_endpoint_without_a_body_takes_no_member() {
        problem(shop.post("/v1/operations/processors/order-projection/split", "{\"segment\":0}"), 400, "unknown_field");
        problem(shop.post("/v1/operations/backups", "{\"name\":\"x\"}"), 400, "unknown_field");
    }

    @Test
    void texts_are_as_long_as_they_have_characters() {
        String emoji = "\uD83D\uDE00";
        String id = shop.post("/v1/orders", FINE.replace("R-1", emoji.repeat(64))).expect(201).id();
        shop.awaitStatus(id, "confirmed");
        String found = "/v1/orders?reference=" + "%F0%9F%98%80".repeat(64);
        assertThat(shop.get(found).expect(200).body().path("items")).hasSize(1);
        problem(shop.get(found + "x"), 400, "validation_failed");
        problem(shop.post("/v1/orders", FINE.replace("R-1", emoji.repeat(65))), 400, "validation_failed");
        problem(shop.post("/v1/orders", FINE.replace("R-1", emoji.repeat(33) + "x".repeat(32))), 400,
                "validation_failed");
        shop.post("/v1/orders/" + id + "/cancellations", "{\"reason\":\"" + emoji.repeat(500) + "\"}").expect(201);
        assertThat(shop.awaitStatus(id, "cancelled").path("reference").asText()).isEqualTo(emoji.repeat(64));
        assertThat(shop.get("/v1/orders/" + id + "/timeline").expect(200).body().toString()).contains(emoji + "\u2026");
        problem(shop.post("/v1/orders/" + id + "/cancellations", "{\"reason\":\"" + emoji.repeat(501) + "\"}"), 400,
                "validation_failed");
    }

    @Test
    void a_key_is_for_one_request_of_whatever_kind() {
        var kinds = new LinkedHashMap<String, String>();
        kinds.put("/v1/orders", FINE);
        kinds.put("/v1/stock/GOOD/receipts", "{\"quantity\":1}");
        kinds.put("/v1/stock/GOOD/adjustments", "{\"change\":1,\"reason\":\"found\"}");
        kinds.put("/v1/operations/processors/inventory-projection/replay", "");
        if (!TestStore.isPostgres()) {
            kinds.put("/v1/operations/backups", "");
        }
        String returned = shop.place("tok_ok", new Line("MANY", 1));
        kinds.put("/v1/orders/" + returned + "/cancellations", "{\"reason\":\"late\"}");

        kinds.forEach((first, body) -> {
            String key = UUID.randomUUID().toString();
            assertThat(shop.post(first, body, key).status()).as(first).isBetween(200, 299);
            assertThat(shop.post(first, body, key).status()).as(first).isBetween(200, 299);
            kinds.forEach((second, other) -> {
                if (!second.equals(first)) {
                    problem(shop.post(second, other, key), 422, "idempotency_key_reused");
                }
            });
            problem(shop.post("/v1/operations/reconciliation", "{}", key), 422, "idempotency_key_reused");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nIdempotency-Key: b", "a\r\nIdempotency-Key: a", "\"a\", \"b\"", "\r\nIdempotency-Key: a"})
    void two_keys_are_none(String keys) {
        String body = "{\"quantity\":1}";
        var answer = RawHttp.send(shop.url(), "POST /v1/stock/GOOD/receipts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Authorization: " + DemoUser.ADMIN.authorization() + "\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\nIdempotency-Key: " + keys + "\r\n\r\n" + body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("code").asText()).isEqualTo("invalid_idempotency_key");
    }

    @Test
    void an_order_that_its_resource_does_not_show_yet_is_held_to_the_version_that_was_told() {
        String processor = "/v1/operations/processors/order-projection";
        shop.post(processor + "/pause", "").expect(200);
        try {
            String id = shop.place("tok_ok", new Line("MANY", 1));
            for (String tag : List.of("\"99\"", "\"0\"", "\"x\"", "W/\"1\"")) {
                problem(shop.post("/v1/orders/" + id + "/cancellations", "{\"reason\":\"late\"}",
                        UUID.randomUUID().toString(), "If-Match", tag), 412, "stale_version");
            }
            Instant begin = Instant.now();
            problem(shop.post(processor + "/split?segment=0", ""), 409, "processor_paused");
            problem(shop.post(processor + "/merge?segment=0", ""), 409, "processor_paused");
            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(5));
        } finally {
            shop.post(processor + "/resume", "").expect(200);
        }
    }

    /** All endpoints of the API with these methods. */
    private List<String> endpoints(String... methods) {
        var chosen = Endpoints.of(orderflow).mapped().stream().filter(endpoint -> endpoint.contains(" /v1/")
                && List.of(methods).contains(endpoint.split(" ")[0])).toList();
        assertThat(chosen).hasSizeGreaterThan(15);
        return chosen;
    }

    /** @param but whose signature is looked at first */
    private void everyWrite(BiFunction<String, String, RawHttp.Raw> request, int status, String code, String... but) {
        long placed = placed();
        for (String endpoint : endpoints("POST", "DELETE")) {
            if (Stream.of(but).anyMatch(endpoint::contains)) {
                continue;
            }
            var answer = request.apply(path(endpoint), endpoint);
            assertThat(answer.status()).as(endpoint).isEqualTo(status);
            assertThat(answer.body().path("code").asText()).as(endpoint).isEqualTo(code);
        }
        assertThat(placed()).isEqualTo(placed);
    }

    private static String path(String endpoint) {
        return endpoint.split(" ")[1].replace("/orders/{id}", "/orders/ord_1").replace("{orderId}", "ord_1")
                .replace("/payments/{id}", "/payments/pay_1").replaceAll("\\{\\w+}", "NONE");
    }

    /** @param body and {@code headers} byte for byte, as Latin-1 */
    private RawHttp.Raw raw(String path, String endpoint, String body, String headers) {
        return RawHttp.send(shop.url(), endpoint.split(" ")[0] + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Authorization: " + DemoUser.ADMIN.authorization() + "\r\nIdempotency-Key: " + UUID.randomUUID()
                + (body.isEmpty() ? "" : "\r\nContent-Length: " + body.length()) + "\r\n" + headers + "\r\n\r\n" + body);
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

    /** How many orders were placed; those of other tests go on meanwhile. */
    private long placed() {
        return orderflow.bean(JdbcTemplate.class).queryForObject(
                "SELECT COUNT(*) FROM axon.domain_event_entry WHERE payload_type = 'order.OrderPlaced'", Long.class);
    }
}
