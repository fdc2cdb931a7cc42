package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.flow.Shop.Answer;
import io.orderflow.flow.Shop.Line;
import io.orderflow.packaged.DemoUser;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who may see and do what, whoever says so: the configuration or an issuer of tokens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessFlowTest {

    private static final String ORDERS = "/v1/orders";

    private Issuer issuer;
    private RunningOrderflow orderflow;
    private Shop admin;
    private Shop staff;
    private Shop shop;
    private Shop rival;
    private Shop nobody;

    @BeforeAll
    void start(@TempDir Path data) {
        issuer = Issuer.start();
        orderflow = RunningOrderflow.start(data, issuer.options());
        admin = orderflow.shop();
        staff = admin.as(DemoUser.STAFF);
        shop = admin.as(DemoUser.SHOP);
        rival = admin.as(issuer.bearer("rival", "shop"));
        nobody = admin.as((String) null);
        staff.receive("MUG", 1000);
    }

    @AfterAll
    void stop() {
        orderflow.close();
        issuer.close();
    }

    /** Each endpoint that there is, asked by everybody: {@link Endpoints} names who may, independently of the rules. */
    @TestFactory
    Stream<DynamicTest> every_endpoint_is_for_whom_it_is_meant_for() {
        var endpoints = Endpoints.of(orderflow);
        assertThat(endpoints.mapped()).as("who may use them?").isSubsetOf(endpoints.named());
        assertThat(endpoints.named()).as("they are not there").isSubsetOf(endpoints.mapped());
        Map<String, Shop> callers = Map.of("nobody", nobody, "shop", shop, "staff", staff, "admin", admin);
        return endpoints.named().stream().flatMap(endpoint -> new TreeMap<>(callers).entrySet().stream()
                .map(caller -> DynamicTest.dynamicTest(endpoint + " by " + caller.getKey(), () -> {
                    var answer = endpoints.ask(endpoint, caller.getValue());
                    if (endpoints.mayUse(endpoint, caller.getKey())) {
                        assertThat(answer.status()).isNotIn(401, 403);
                    } else if (caller.getKey().equals("nobody")) {
                        assertProblem(answer, 401, "unauthenticated");
                    } else {
                        assertProblem(answer, 403, "forbidden");
                    }
                })));
    }

    @Nested
    class what_no_rule_names {

        @Test
        void is_closed_to_all_when_it_is_an_endpoint() throws Exception {
            var mapping = orderflow.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
            var forgotten = RequestMappingInfo.paths("/v1/forgotten").methods(RequestMethod.GET)
                    .options(mapping.getBuilderConfiguration()).build();
            mapping.registerMapping(forgotten, new Object(), Object.class.getMethod("hashCode"));
            try {
                assertProblem(nobody.get("/v1/forgotten"), 401, "unauthenticated");
                Stream.of(shop, staff, admin).forEach(caller ->
                        assertProblem(caller.get("/v1/forgotten"), 403, "forbidden"));
            } finally {
                mapping.unregisterMapping(forgotten);
            }
        }

        @Test
        void is_told_as_it_is_when_there_is_no_such_endpoint() {
            assertProblem(shop.get("/v1/nothing"), 404, "no_such_endpoint");
            assertProblem(shop.send(shop.request(ORDERS).DELETE()), 405, "method_not_allowed");
            assertProblem(nobody.get("/v1/nothing"), 401, "unauthenticated");
            assertProblem(shop.get("/v1/operations"), 403, "forbidden");
            assertProblem(shop.get("/v1/operations/nothing"), 403, "forbidden");
            assertProblem(admin.get("/nothing"), 403, "forbidden");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/v1/operations/../me", "/v1/operations/%2e%2e/me", "/v1/operations/deadlines;a=b",
            "/v1//operations/deadlines", "/v1/operations/deadlines/", "/V1/operations/deadlines"})
        void is_no_way_around_the_rules(String path) {
            assertThat(shop.get(path).status()).isIn(400, 403, 404);
            assertThat(nobody.get(path).status()).isIn(400, 401);
        }
    }

    @Nested
    class credentials {

        @Test
        void that_are_right_are_remembered_without_a_session() {
            var first = shop.get("/v1/me").expect(200);

            assertThat(first.header("Set-Cookie")).isNull();
            assertThat(first.text("name")).isEqualTo("shop");
            assertThat(first.body().path("roles")).extracting(JsonNode::asText).containsExactly("shop");
            assertThat(admin.get("/v1/me").body().path("roles")).extracting(JsonNode::asText)
                    .containsExactly("shop", "staff", "admin");
            assertProblem(admin.as(DemoUser.basic("admin", "guessed")).get("/v1/me"), 401, "unauthenticated");
            admin.get("/v1/me").expect(200);
        }

        @ParameterizedTest
        @CsvSource({"admin, shop", "nobody, admin", "admin, ''", "'', ''"})
        void that_are_wrong_are_asked_for_again(String name, String password) {
            var answer = admin.as(DemoUser.basic(name, password)).get("/v1/me");

            assertProblem(answer, 401, "unauthenticated");
            assertThat(answer.response().headers().allValues("WWW-Authenticate"))
                    .containsExactly("Basic realm=\"orderflow\", charset=\"UTF-8\"", "Bearer realm=\"orderflow\"");
        }

        @Test
        void are_asked_for_without_the_browsers_window_when_a_page_asks_itself() {
            var answer = nobody.send(nobody.request("/v1/me").header("X-Requested-With", "XMLHttpRequest"));

            assertProblem(answer, 401, "unauthenticated");
            assertThat(answer.response().headers().allValues("WWW-Authenticate"))
                    .containsExactly("XBasic realm=\"orderflow\", charset=\"UTF-8\"", "Bearer realm=\"orderflow\"");
            assertThat(answer.body().path("demo_users").asBoolean()).isTrue();
        }
    }

    @Nested
    class tokens {

        @ParameterizedTest
        @CsvSource({"staff, 200", "STAFF, 200", "shop, 403", "other, 403"})
        void give_their_subject_the_roles_that_they_list(String role, int status) {
            var caller = admin.as(issuer.bearer("ada", role));

            assertThat(caller.get("/v1/stock/MUG/movements").status()).isEqualTo(status);
        }

        @Test
        void speak_for_their_subject() {
            assertThat(rival.get("/v1/me").expect(200).text("name")).isEqualTo("rival");
        }

        @Test
        void without_a_role_are_good_for_nothing() {
            assertProblem(admin.as(issuer.bearer("ada", claims -> claims)).get("/v1/me"), 403, "forbidden");
            assertProblem(admin.as(issuer.bearer("ada")).get(ORDERS), 403, "forbidden");
            assertProblem(admin.as(issuer.bearer("ada")).get("/v1/nothing"), 403, "forbidden");
        }

        @Test
        void that_cannot_be_trusted_are_refused() {
            assertRefused(issuer.bearer("ada", claims -> claims.claim("roles", List.of("admin"))
                    .expirationTime(Date.from(Instant.now().minusSeconds(3600)))));
            assertRefused(issuer.bearer("ada", claims -> claims.claim("roles", List.of("admin"))
                    .issuer("https://another.example")));
            assertRefused(issuer.forged("ada", "admin"));
            assertRefused(Issuer.unsigned("ada", "admin"));
            assertRefused("Bearer none");
        }

        /** Known keys are remembered: who comes with one of them does not notice. */
        @Test
        void that_cannot_be_verified_for_now_are_to_be_sent_again() {
            String unknown = issuer.underAnotherKey("ada", "admin");
            assertRefused(unknown);
            issuer.setAway(true);
            try {
                var answer = admin.as(unknown).get("/v1/me");
                assertProblem(answer, 503, "issuer_unavailable");
                assertThat(answer.header("Retry-After")).isEqualTo("5");
            } finally {
                issuer.setAway(false);
            }
            assertRefused(unknown);
        }

        @Test
        void need_a_subject_that_can_be_a_name() {
            assertRefused(issuer.bearer(null, "admin"));
            assertRefused(issuer.bearer(" ", "admin"));
            assertRefused(issuer.bearer("system", "admin"));
            assertRefused(issuer.bearer("a".repeat(256), "admin"));
        }

        private void assertRefused(String bearer) {
            var answer = admin.as(bearer).get("/v1/me");

            assertProblem(answer, 401, "unauthenticated");
            assertThat(answer.response().headers().allValues("WWW-Authenticate"))
                    .contains("Bearer realm=\"orderflow\", error=\"invalid_token\"");
        }
    }

    @Nested
    class the_order_of_a_shop {

        @Test
        void is_seen_by_it_and_by_staff() {
            String id = shop.place("tok_ok", new Line("MUG", 1));

            for (Shop caller : List.of(shop, staff, admin)) {
                assertThat(caller.get(ORDERS + "/" + id).expect(200).text("shop")).isEqualTo("shop");
                caller.get(ORDERS + "/" + id + "/timeline").expect(200);
                await().untilAsserted(() -> caller.get("/v1/payments/pay_" + id.substring(4)).expect(200));
                assertThat(listed(caller)).contains(id);
            }
        }

        @Test
        void is_to_another_shop_as_if_it_were_not_there() {
            String id = shop.place("tok_ok", new Line("MUG", 1));
            shop.awaitStatus(id, "confirmed");

            for (String path : List.of("", "/timeline", "/events", "/overview")) {
                assertSame(rival.get(ORDERS + "/" + id + path), rival.get(ORDERS + "/ord_none" + path), id, "ord_none");
            }
            assertSame(rival.get("/v1/payments/pay_" + id.substring(4)), rival.get("/v1/payments/pay_none"),
                    id.substring(4), "none");
            assertSame(rival.post(ORDERS + "/" + id + "/cancellations", "{\"reason\":\"x\"}"),
                    rival.post(ORDERS + "/ord_none/cancellations", "{\"reason\":\"x\"}"), id, "ord_none");
            String back = "{\"reason\":\"x\",\"lines\":[{\"sku\":\"MUG\",\"quantity\":1,\"condition\":\"restock\"}]}";
            assertSame(rival.post(ORDERS + "/" + id + "/returns", back),
                    rival.post(ORDERS + "/ord_none/returns", back), id, "ord_none");
            assertThat(listed(rival)).doesNotContain(id);
            assertThat(rival.get(ORDERS + "?status=confirmed&reference=R-1&customer=c-1&sku=MUG").expect(200).body()
                    .path("items").findValuesAsText("id")).doesNotContain(id);
            assertThat(shop.get(ORDERS + "/" + id).text("status")).isEqualTo("confirmed");
        }

        /** Its owner would be let wait for it; somebody else must not be able to tell by that. */
        @Test
        void is_hidden_from_another_shop_also_while_the_order_resource_is_behind() {
            var processors = orderflow.bean(EventProcessingConfiguration.class);
            for (String name : List.of("order-projection", "tracking-timeline")) {
                var processor = processors.eventProcessor(name, StreamingEventProcessor.class).orElseThrow();
                processor.shutDown();
                try {
                    String id = shop.place("tok_ok", new Line("MUG", 1));
                    String path = ORDERS + "/" + id + (name.startsWith("order") ? "" : "/timeline");
                    long start = System.nanoTime();
                    assertProblem(rival.get(path), 404, "unknown_order");
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(RunningOrderflow.CATCH_UP);
                } finally {
                    processor.start();
                }
            }
        }

        @Test
        void has_a_key_of_its_own_whatever_keys_others_use() {
            String key = UUID.randomUUID().toString();
            String body = Shop.order("tok_ok", new Line("MUG", 1));

            String own = shop.post(ORDERS, body, key).expect(201).id();
            String others = rival.post(ORDERS, body, key).expect(201).id();

            assertThat(own).isNotEqualTo(others);
            assertThat(shop.post(ORDERS, body, key).expect(201).id()).isEqualTo(own);
            assertThat(listed(rival)).contains(others).doesNotContain(own);
        }

        private List<String> listed(Shop caller) {
            return await().until(() -> caller.get(ORDERS + "?limit=200").expect(200).body()
                    .path("items").findValuesAsText("id"), ids -> true);
        }

        private static void assertSame(Answer foreign, Answer missing, String foreignId, String missingId) {
            assertThat(foreign.status()).as(foreign.response().body()).isEqualTo(404).isEqualTo(missing.status());
            assertThat(foreign.response().body().replace(foreignId, missingId)).isEqualTo(missing.response().body());
            assertThat(foreign.response().headers().map().keySet()).isEqualTo(missing.response().headers().map().keySet());
        }
    }

    @Nested
    class who_did_what {

        @Test
        void stands_in_the_timeline() {
            String id = shop.place("tok_ok", new Line("MUG", 2));
            shop.awaitStatus(id, "confirmed");
            admin.as(issuer.bearer("grace", "staff")).post(ORDERS + "/" + id + "/shipments", "{}").expect(201);
            shop.awaitStatus(id, "completed");

            await().untilAsserted(() -> assertThat(actors(shop, id))
                    .containsEntry("OrderPlaced", "shop").containsEntry("StockReserved", "system")
                    .containsEntry("PaymentAuthorized", "system").containsEntry("OrderDispatched", "grace")
                    .containsEntry("OrderCompleted", "system"));
        }

        @Test
        void stands_in_every_event_with_where_it_came_from() {
            String id = shop.place("tok_ok", new Line("MUG", 1));
            shop.awaitStatus(id, "confirmed");
            shop.post(ORDERS + "/" + id + "/cancellations", "{\"reason\":\"x\"}").expect(201);
            shop.awaitStatus(id, "cancelled");

            assertThat(events(id).map(AccessFlowTest::sender)).contains("OrderPlaced shop 127.0.0.1",
                    "OrderConfirmed system system", "CancellationRequested shop 127.0.0.1",
                    "OrderCancelled system system");
            assertThat(events("pay_" + id.substring(4)).map(AccessFlowTest::sender))
                    .contains("PaymentRequested system system", "PaymentAuthorized system system");
            assertThat(events("stock_MUG").map(AccessFlowTest::sender)).contains("StockReceived staff 127.0.0.1",
                    "StockReserved system system");
            assertThat(events(id).map(event -> event.getMetaData().keySet())).allSatisfy(keys ->
                    assertThat(keys).containsExactlyInAnyOrder("actor", "origin", "correlationId", "traceId"));
        }

        private Stream<? extends DomainEventMessage<?>> events(String aggregate) {
            return orderflow.bean(EventStore.class).readEvents(aggregate, 0).asStream();
        }

        private static Map<String, String> actors(Shop caller, String id) {
            var actors = new TreeMap<String, String>();
            caller.get(ORDERS + "/" + id + "/timeline").expect(200).body().path("entries").forEach(entry ->
                    actors.put(entry.path("fact").asText(), entry.path("actor").asText()));
            return actors;
        }
    }

    @Nested
    class browsers {

        @ParameterizedTest
        @ValueSource(strings = {"/v1/orders", "/swagger-ui.html", "/v1/nothing", "/actuator/health"})
        void are_told_to_trust_nothing_but_what_comes_from_here(String path) {
            var answer = admin.get(path);

            assertThat(answer.header("Content-Security-Policy")).contains("default-src 'self'")
                    .contains("frame-ancestors 'none'").doesNotContain("unsafe");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Permissions-Policy")).contains("camera=()");
        }

        @Test
        void keep_no_answer_of_the_api() {
            assertThat(shop.get(ORDERS).response().headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(nobody.get(ORDERS).response().headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(nobody.get("/swagger-ui.html").header("Cache-Control")).isNotEqualTo("no-store");
        }
    }

    @Test
    void the_description_says_which_operations_need_credentials() {
        JsonNode api = nobody.get("/openapi.json").expect(200).body();

        assertThat(api.path("security")).extracting(way -> way.fieldNames().next()).containsExactly("basic", "bearer");
        assertThat(api.path("paths").findValues("security")).hasSize(1);
        assertThat(api.path("paths").path("/v1/gateway-callbacks/{gateway}").path("post").path("security")
                .findValues("signature")).hasSize(1);
    }

    private static String sender(EventMessage<?> event) {
        return "%s %s %s".formatted(event.getPayloadType().getSimpleName(), event.getMetaData().get("actor"),
                event.getMetaData().get("origin"));
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.response().uri() + " " + answer.response().body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.text("type")).isEqualTo("/problems/" + code);
    }
}
