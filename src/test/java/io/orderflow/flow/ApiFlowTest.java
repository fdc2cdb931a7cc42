package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.flow.Shop.Answer;
import io.orderflow.flow.Shop.Line;
import io.orderflow.platform.spi.Cursor;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all of the API has in common, as a caller meets it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiFlowTest {

    private RunningOrderflow orderflow;
    private Shop shop;

    @BeforeAll
    void start(@TempDir Path data) {
        orderflow = RunningOrderflow.start(data);
        shop = orderflow.shop();
        shop.receive("MUG", 100);
        shop.receive("TEE", 100);
    }

    @AfterAll
    void stop() {
        orderflow.close();
    }

    @Nested
    class A_resource {

        @ParameterizedTest
        @ValueSource(strings = {"order", "payment", "stock"})
        void is_tagged_with_its_version_and_not_sent_again(String kind) {
            String path = path(kind);
            Answer first = shop.get(path).expect(200);
            String tag = first.header("ETag");

            assertThat(tag).isEqualTo('"' + first.text("version") + '"');
            Answer second = get(path, "If-None-Match", tag).expect(304);
            assertThat(second.response().body()).isEmpty();
            assertThat(second.header("ETag")).isEqualTo(tag);
            get(path, "If-None-Match", "W/" + tag).expect(304);
            get(path, "If-None-Match", "\"12345\", " + tag).expect(304);
            get(path, "If-None-Match", "\"12345\"").expect(200);
            get(path, "If-None-Match", "*").expect(304);
            get(path, "If-None-Match", "*", "Prefer", "wait=30").expect(304);
            get(path, "If-None-Match", "\"x\", W/" + tag + ", \"y\"").expect(304);
            for (String other : List.of(tag.replaceFirst("\"", "\"0"), tag.replace("\"", ""), "\"+" + tag.substring(1),
                    "\"x" + tag)) {
                get(path, "If-None-Match", other).expect(200);
                get(path, "If-None-Match", other, "Prefer", "wait=30").expect(200);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"order", "payment", "stock"})
        void that_does_not_change_is_waited_for_in_vain(String kind) {
            String path = path(kind);
            String tag = shop.get(path).expect(200).header("ETag");
            Instant begin = Instant.now();

            Answer answer = get(path, "If-None-Match", tag, "Prefer", "wait=1").expect(304);

            assertThat(Duration.between(begin, Instant.now())).isGreaterThan(Duration.ofMillis(900));
            assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                wait=30                   | wait=30
                wait=31                   | wait=30
                wait=999999999            | wait=30
                wait=99999999999999999999 |
                wait=-1                   |
                wait=0                    |
                wait=1.5                  |
                wait=soon                 |
                """)
        void is_waited_for_no_longer_than_thirty_seconds(String preference, String applied) {
            Answer answer = get(path("order"), "If-None-Match", "\"1\"", "Prefer", preference).expect(200);

            assertThat(answer.header("Preference-Applied")).isEqualTo(applied);
        }

        @Test
        void is_told_as_soon_as_it_changes() {
            shop.receive("NEWS", 1);
            String tag = shop.get("/v1/stock/NEWS").expect(200).header("ETag");
            var news = CompletableFuture.supplyAsync(() -> get("/v1/stock/NEWS", "If-None-Match", tag, "Prefer",
                    "wait=30"));

            shop.receive("NEWS", 2);

            assertThat(news.join().expect(200).body().path("on_hand").asInt()).isEqualTo(3);
            assertThat(news.join().header("ETag")).isNotEqualTo(tag);
        }

        @Test
        void that_is_news_already_is_told_at_once() {
            assertThat(get(path("order"), "If-None-Match", "\"1\"", "Prefer", "wait=30").expect(200).text("status"))
                    .isEqualTo("confirmed");
        }

        @Test
        void that_does_not_exist_is_not_waited_for() {
            get("/v1/orders/ord_1", "If-None-Match", "\"1\"", "Prefer", "wait=30").expect(404);
            get("/v1/payments/pay_1", "If-None-Match", "\"1\"", "Prefer", "wait=30").expect(404);
            get("/v1/stock/NO-SUCH", "If-None-Match", "\"1\"", "Prefer", "wait=30").expect(404);
        }

        private String path(String kind) {
            JsonNode order = confirmed();
            return switch (kind) {
                case "order" -> "/v1/orders/" + order.path("id").asText();
                case "payment" -> "/v1/payments/" + order.path("payment_id").asText();
                default -> "/v1/stock/MUG";
            };
        }
    }

    @Nested
    class A_change {

        @Test
        void of_what_was_seen_is_made_and_of_what_has_changed_is_refused() {
            JsonNode order = confirmed();
            String path = "/v1/orders/" + order.path("id").asText();
            String seen = shop.get(path).header("ETag");

            Answer stale = post(path + "/cancellations", "{\"reason\":\"late\"}", "If-Match", "\"1\"").expect(412);
            assertThat(stale.text("code")).isEqualTo("stale_version");
            assertThat(stale.header("ETag")).isEqualTo(seen);
            assertThat(stale.body().path("version").asText()).isEqualTo(order.path("version").asText());
            post(path + "/cancellations", "{\"reason\":\"late\"}", "If-Match", "W/" + seen).expect(412);
            post(path + "/cancellations", "{\"reason\":\"late\"}", "If-Match", seen.replaceFirst("\"", "\"0")).expect(412);
            post(path + "/cancellations", "{\"reason\":\"late\"}", "If-Match", seen + ", \"1\"").expect(400);
            String key = UUID.randomUUID().toString();
            shop.post(path + "/shipments", "{}", key, "If-Match", seen).expect(201);
            shop.awaitStatus(order.path("id").asText(), "completed");
            assertThat(shop.post(path + "/shipments", "{}", key, "If-Match", seen).expect(201)
                    .header("Idempotent-Replayed")).as("a repetition is no new change").isEqualTo("true");
        }

        @Test
        void of_what_comes_back_is_held_to_the_version_of_the_order() {
            JsonNode order = confirmed();
            String path = "/v1/orders/" + order.path("id").asText();
            String before = shop.get(path).header("ETag");
            shop.post(path + "/shipments", "{}").expect(201);
            shop.awaitStatus(order.path("id").asText(), "completed");
            String goods = "{\"reason\":\"too big\",\"lines\":[{\"sku\":\"MUG\",\"quantity\":1,\"condition\":\"restock\"}]}";

            assertThat(post(path + "/returns", goods, "If-Match", before).expect(412).text("code"))
                    .isEqualTo("stale_version");
            String key = UUID.randomUUID().toString();
            String seen = shop.get(path).header("ETag");
            shop.post(path + "/returns", goods, key, "If-Match", seen).expect(201);
            assertThat(shop.post(path + "/returns", goods, key, "If-Match", seen).expect(201)
                    .header("Idempotent-Replayed")).as("a repetition is no new change").isEqualTo("true");
        }

        @Test
        void of_a_payment_is_held_to_its_version() {
            JsonNode order = confirmed();
            String id = order.path("id").asText();
            String payment = "/v1/payments/" + order.path("payment_id").asText();
            String authorized = shop.get(payment).header("ETag");
            shop.post("/v1/orders/" + id + "/shipments", "{}").expect(201);
            shop.awaitStatus(id, "completed");

            Answer stale = post(payment + "/refunds", "{\"reason\":\"a scratch\"}", "If-Match", authorized).expect(412);
            post(payment + "/refunds", "{\"reason\":\"a scratch\"}", "If-Match", stale.header("ETag")).expect(201);
        }

        @Test
        void of_stock_is_held_to_its_version_and_a_count_has_to_have_one() {
            shop.receive("COUNTED", 10);
            String seen = shop.get("/v1/stock/COUNTED").expect(200).header("ETag");
            String path = "/v1/stock/COUNTED/adjustments";

            assertThat(post(path, "{\"counted\":9,\"reason\":\"count\"}").expect(428).text("code"))
                    .isEqualTo("precondition_required");
            post(path, "{\"counted\":9,\"reason\":\"count\"}", "If-Match", seen).expect(201);
            Answer stale = post(path, "{\"counted\":8,\"reason\":\"count\"}", "If-Match", seen).expect(412);
            post(path, "{\"counted\":8,\"reason\":\"count\"}", "If-Match", stale.header("ETag")).expect(201);
            post(path, "{\"counted\":7,\"expected_on_hand\":8,\"reason\":\"count\"}").expect(201);
            post(path, "{\"change\":-1,\"reason\":\"lost\"}").expect(201);
        }
    }

    @Nested
    class A_repetition {

        @Test
        void is_marked_and_another_request_under_its_key_is_refused() {
            JsonNode order = confirmed();
            String orders = "/v1/orders/" + order.path("id").asText();
            String payment = "/v1/payments/" + order.path("payment_id").asText();

            repeat("/v1/orders", Shop.order("tok_ok", new Line("MUG", 1)), Shop.order("tok_ok", new Line("MUG", 2)));
            repeat("/v1/stock/MUG/receipts", "{\"quantity\":1}", "{\"quantity\":2}");
            repeat("/v1/stock/MUG/adjustments", "{\"change\":1,\"reason\":\"found\"}",
                    "{\"change\":2,\"reason\":\"found\"}");
            repeat(orders + "/shipments", "{\"carrier\":\"DHL\"}", "{\"carrier\":\"UPS\"}");
            shop.awaitStatus(order.path("id").asText(), "completed");
            repeat(payment + "/refunds", refund(1), refund(2));
            String back = repeat(orders + "/returns", returned("restock"), returned("damaged")).text("id");
            repeat(orders + "/returns/" + back + "/closures", "{\"note\":\"in cash\"}", "{\"note\":\"by bank\"}");
            String cancelled = "/v1/orders/" + confirmed().path("id").asText();
            repeat(cancelled + "/cancellations", "{\"reason\":\"late\"}", "{\"reason\":\"lost\"}");
        }

        @Test
        void while_the_first_is_in_flight_has_one_effect_and_the_same_answer() {
            shop.receive("TWICE", 1);
            String key = UUID.randomUUID().toString();

            List<Answer> answers = IntStream.range(0, 8).mapToObj(n -> CompletableFuture.supplyAsync(() ->
                    shop.post("/v1/stock/TWICE/receipts", "{\"quantity\":5}", key))).toList().stream()
                    .map(CompletableFuture::join).toList();

            assertThat(answers).allSatisfy(answer -> assertThat(answer.expect(201).body())
                    .isEqualTo(answers.get(0).body()));
            assertThat(answers).filteredOn(answer -> answer.header("Idempotent-Replayed") == null).hasSize(1);
            assertThat(get("/v1/stock/TWICE", "If-None-Match", "\"0\"", "Prefer", "wait=10").expect(200).body()
                    .path("on_hand").asInt()).isEqualTo(6);
        }

        @Test
        void is_known_by_its_key_with_and_without_quotes() {
            String key = UUID.randomUUID().toString();
            shop.post("/v1/stock/MUG/receipts", "{\"quantity\":1}", key).expect(201);

            assertThat(shop.post("/v1/stock/MUG/receipts", "{\"quantity\":1}", '"' + key + '"').expect(201)
                    .header("Idempotent-Replayed")).isEqualTo("true");
        }

        private Answer repeat(String path, String body, String other) {
            String key = UUID.randomUUID().toString();
            Answer first = shop.post(path, body, key).expect(201);
            Answer second = shop.post(path, body, key).expect(201);

            assertThat(second.body()).isEqualTo(first.body());
            assertThat(first.header("Idempotent-Replayed")).as(path).isNull();
            assertThat(second.header("Idempotent-Replayed")).as(path).isEqualTo("true");
            assertThat(shop.post(path, other, key).expect(422).text("code")).isEqualTo("idempotency_key_reused");
            return first;
        }

        private static String refund(int cents) {
            return "{\"amount\":{\"currency\":\"EUR\",\"amount\":%d},\"reason\":\"a scratch\"}".formatted(cents);
        }

        private static String returned(String condition) {
            return "{\"lines\":[{\"sku\":\"MUG\",\"quantity\":1,\"condition\":\"%s\"}],\"reason\":\"x\"}"
                    .formatted(condition);
        }
    }

    @Nested
    class A_list {

        @ParameterizedTest
        @ValueSource(strings = {"/v1/orders?status=confirmed&limit=1", "/v1/stock?limit=1",
                "/v1/stock/MUG/movements?limit=1", "/v1/operations/waiting-orders?limit=1"})
        void is_read_page_by_page_along_its_links(String path) {
            confirmed();
            confirmed();
            Answer first = shop.get(path).expect(200);
            Answer second = shop.get(link(first, "next")).expect(200);

            assertThat(link(first, "first")).isEqualTo(path);
            assertThat(link(second, "first")).isEqualTo(path);
            assertThat(second.body().path("items")).hasSize(1).isNotEqualTo(first.body().path("items"));
            assertThat(link(first, "next")).startsWith(path).endsWith("cursor=" + first.text("next"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"/v1/orders", "/v1/stock", "/v1/stock/MUG/movements",
                "/v1/operations/waiting-orders", "/v1/operations/dead-letters"})
        void refuses_cursors_limits_and_parameters_that_it_does_not_know(String path) {
            problem(shop.get(path + "?cursor=%21"), 400, "invalid_cursor");
            problem(shop.get(path + "?cursor=" + "x".repeat(513)), 400, "validation_failed");
            problem(shop.get(path + "?limit=0"), 400, "validation_failed");
            problem(shop.get(path + "?limit=201"), 400, "validation_failed");
            problem(shop.get(path + "?sort=colour"), 400, "unknown_parameter");
        }

        @Test
        void ends_without_a_next_page() {
            assertThat(link(shop.get("/v1/operations/dead-letters").expect(200), "next")).isNull();
        }

        private static String link(Answer answer, String relation) {
            return answer.response().headers().allValues("Link").stream()
                    .filter(link -> link.endsWith("rel=\"" + relation + "\""))
                    .map(link -> link.substring(1, link.indexOf('>'))).findFirst().orElse(null);
        }
    }

    @Nested
    class A_problem {

        @ParameterizedTest(name = "{2} {3}")
        @CsvSource(delimiter = '|', textBlock = """
                GET    | /v1/orders?limit=x    | 400 | invalid_parameter
                GET    | /v1/nothing           | 404 | no_such_endpoint
                DELETE | /v1/orders            | 405 | method_not_allowed
                PUT    | /v1/orders            | 405 | method_not_allowed
                PATCH  | /v1/stock             | 405 | method_not_allowed
                FOO    | /v1/orders            | 405 | method_not_allowed
                PROPFIND | /v1/stock           | 405 | method_not_allowed
                """)
        void has_its_document(String method, String path, int status, String code) {
            Answer answer = shop.send(shop.request(path).method(method, BodyPublishers.noBody()));

            problem(answer, status, code);
            assertThat(answer.header("Allow") != null).isEqualTo(status == 405);
        }

        @ParameterizedTest
        @ValueSource(strings = {"nonsense", "image/png", "application/yaml", "text/event-stream", "*/*;q=0"})
        void has_its_document_whatever_is_accepted(String accept) {
            problem(get("/v1/nothing", "Accept", accept), 404, "no_such_endpoint");
            problem(get("/v1/orders?limit=x", "Accept", "application/json, " + accept.replace("nonsense", "a/b")), 400,
                    "invalid_parameter");
            assertThat(get("/", "Accept", accept).expect(200).header("Content-Type")).startsWith("text/html");
        }

        @Test
        void of_the_management_endpoints_has_its_document() {
            problem(get("/actuator/health/unknown"), 404, "not_found");
        }

        @Test
        void of_types_has_its_document() {
            problem(get("/v1/orders", "Accept", "image/png"), 406, "not_acceptable");
            problem(post("/v1/orders", "<order/>", "Content-Type", "application/xml"), 415, "unsupported_media_type");
            problem(post("/v1/orders", "x".repeat(1_100_000)), 413, "body_too_large");
        }

        @Test
        void of_a_large_head_has_its_document() {
            problem(shop.get("/v1/orders?reference=" + "x".repeat(8_000)), 414, "uri_too_long");
            problem(get("/v1/orders", "X-Long", "x".repeat(16_000)), 431, "request_header_fields_too_large");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                GET /v1/{orders HTTP/1.1\\r\\nHost: a                         | 400 | bad_request
                GET /v1/%zz HTTP/1.1\\r\\nHost: a                             | 400 | bad_request
                GET /v1/orders HTTP/1.1                                       | 400 | bad_request
                TRACE /v1/orders HTTP/1.1\\r\\nHost: a                        | 405 | method_not_allowed
                TRACE / HTTP/1.1\\r\\nHost: a                                 | 405 | method_not_allowed
                CONNECT /v1/orders HTTP/1.1\\r\\nHost: a                      | 501 | not_implemented
                GET /v1//orders HTTP/1.1\\r\\nHost: localhost                 | 400 | bad_request
                GET /v1/orders HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: -1  | 400 | bad_request
                GET /v1/orders HTTP/3.0\\r\\nHost: a                          | 505 | http_version_not_supported
                nonsense                                                      | 400 | bad_request
                GET /v1/orders HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: x | 501 | not_implemented
                """)
        void that_tomcat_finds_has_its_document(String request, int status, String code) {
            var answer = RawHttp.send(shop.url(), request.replace("\\r\\n", "\r\n") + "\r\nConnection: close\r\n\r\n");

            assertThat(answer.status()).as(answer.head()).isEqualTo(status);
            assertThat(answer.head()).contains("application/problem+json");
            assertThat(answer.body().path("code").asText()).isEqualTo(code);
            assertThat(answer.body().path("status").asInt()).isEqualTo(status);
        }

        @Test
        void leads_to_a_page_that_says_what_to_do() {
            Answer refused = shop.get("/v1/stock/NO-SUCH").expect(404);

            Answer text = get(refused.text("type"), "Accept", "*/*").expect(200);
            assertThat(text.header("Content-Type")).startsWith("text/plain");
            assertThat(text.response().body()).contains("unknown_sku", "Receive stock first");
            Answer page = get(refused.text("type"), "Accept", "text/html,*/*;q=0.8").expect(200);
            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.response().body()).contains("<h1>unknown_sku</h1>");
            problem(get("/problems/colour", "Accept", "text/html"), 404, "not_found");
            assertThat(get("/problems", "Accept", "text/html").expect(200).response().body())
                    .contains("href=\"/problems/stale_version\"");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json, text/event-stream              | application/json
            text/event-stream, application/json              | application/json
            text/event-stream;q=0.9, application/json        | application/json
            */*                                              | application/json
            application/*, text/event-stream;q=0.5           | application/json
            application/problem+json, application/json       | application/json
            text/event-stream                                | text/event-stream
            text/event-stream, application/json;q=0.9        | text/event-stream
            text/event-stream, */*                           | text/event-stream
            """)
    void events_are_told_in_json_unless_a_stream_is_wanted_more(String accept, String type) {
        assertThat(shop.typeOf("/v1/events", accept)).startsWith(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000", "100000000000000000"})
    void a_stream_does_not_go_on_after_what_was_never_told(String id) {
        String events = "/v1/orders/" + confirmed().path("id").asText() + "/events";

        problem(get(events, "Accept", "text/event-stream", "Last-Event-ID", id), 409, "cursor_ahead");
        problem(get("/v1/events", "Accept", "text/event-stream", "Last-Event-ID", Cursor.after(id)), 409, "cursor_ahead");
        for (String unreadable : List.of("+1", "01", "x", "")) {
            problem(get(events, "Accept", "text/event-stream", "Last-Event-ID", unreadable), 400, "invalid_parameter");
        }
    }

    /** An order to which nothing happens any more by itself, nor to its payment and its stock. */
    private JsonNode confirmed() {
        String id = shop.place("tok_ok", new Line("MUG", 1));
        shop.awaitStatus(id, "confirmed");
        orderflow.settle();
        return shop.get("/v1/orders/" + id).expect(200).body();
    }

    private Answer get(String path, String... headers) {
        var request = shop.request(path);
        for (int header = 0; header < headers.length; header += 2) {
            request.setHeader(headers[header], headers[header + 1]);
        }
        return shop.send(request);
    }

    private Answer post(String path, String body, String... headers) {
        return shop.post(path, body, UUID.randomUUID().toString(), headers);
    }

    private static void problem(Answer answer, int status, String code) {
        answer.expect(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.text("type")).isEqualTo("/problems/" + code);
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
    }
}
