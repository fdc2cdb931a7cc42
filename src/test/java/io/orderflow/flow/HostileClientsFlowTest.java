package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.flow.Shop.Answer;
import io.orderflow.flow.Shop.Line;
import io.orderflow.packaged.DemoUser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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

/** What strangers, and callers who take too much, do to everybody else: nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileClientsFlowTest {

    private static final int SHARE = 4;
    private static final String CALLBACKS = "/v1/gateway-callbacks/sandbox";

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private RunningOrderflow orderflow;
    private Shop admin;
    private Shop shop;
    private Shop nobody;

    @BeforeAll
    void start(@TempDir Path data) {
        orderflow = RunningOrderflow.start(data, "orderflow.web.slow-client-patience=2s",
                "orderflow.tracking.max-streams=20", "orderflow.tracking.max-streams-per-caller=" + SHARE,
                "server.tomcat.max-connections=600");
        admin = orderflow.shop();
        shop = admin.as(DemoUser.SHOP);
        nobody = admin.as((String) null);
        admin.receive("MUG", 10_000);
        shop.place("tok_ok", new Line("MUG", 1));
    }

    @AfterAll
    void stop() {
        orderflow.close();
    }

    @Nested
    class slow_clients {

        @ParameterizedTest(name = "{0} from {1} addresses")
        @CsvSource({"a body that nobody signed, 1", "a body that nobody signed, 40", "a body without a length, 1",
            "a body of a known caller, 40", "a body that is not wanted, 1", "a body of a read, 1",
            "an answer that is not taken, 40", "a head, 1"})
        void hold_nobody_up_with(String what, int addresses) throws Exception {
            try (var slow = SlowClients.open(orderflow.url(), addresses, 400, beginningOf(what))) {
                long end = System.nanoTime() + Duration.ofMillis(1_500).toNanos();
                do {
                    assertThat(liveness()).isEqualTo(200);
                    Thread.sleep(100);
                } while (System.nanoTime() < end);
                shop.place("tok_ok", new Line("MUG", 1));
                await().atMost(Duration.ofSeconds(20)).until(() -> slow.connected() == 0);
            }
        }

        private String beginningOf(String what) {
            String basic = "Authorization: " + DemoUser.SHOP.authorization() + "\r\n";
            String json = " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
            return switch (what) {
                case "a body that nobody signed" -> "POST " + CALLBACKS + json + "Content-Length: 60000\r\n\r\n{";
                case "a body without a length" -> "POST " + CALLBACKS + json + "Transfer-Encoding: chunked\r\n\r\n9000\r\n{";
                case "a body of a known caller" -> "POST /v1/orders" + json + basic
                        + "Idempotency-Key: slow\r\nContent-Length: 900000\r\n\r\n{";
                case "a body that is not wanted" -> "POST /v1/orders" + json + "Content-Length: 900000\r\n\r\n{";
                case "a body of a read" -> "GET /problems" + json + "Content-Length: 900000\r\n\r\n{";
                case "an answer that is not taken" -> "GET /webjars/swagger-ui/5.32.2/swagger-ui-bundle.js" + json + "\r\n";
                default -> "GET /problems HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
            };
        }

        /** The bound of connections is 600 here. */
        @Test
        void leave_a_connection_for_others() throws Exception {
            try (var idle = SlowClients.open(orderflow.url(), 3, 590, "GET /problems HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
                Thread.sleep(1_000);
                for (int probe = 0; probe < 30; probe++) {
                    var one = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                    assertThat(one.send(request("/actuator/health/liveness").build(), BodyHandlers.ofString())
                            .statusCode()).isEqualTo(200);
                }
            }
        }

        @Test
        void do_not_keep_the_sandbox_from_answering() throws Exception {
            String url = orderflow.gatewayUrl();
            try (var slow = SlowClients.open(url, 1, 100,
                    "PUT /v1/control HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{")) {
                var control = HttpRequest.newBuilder(URI.create(url + "/v1/control")).timeout(Duration.ofSeconds(5)).build();
                assertThat(http.send(control, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
                await().atMost(Duration.ofSeconds(30)).until(() -> slow.connected() == 0);
            }
        }

        private int liveness() throws Exception {
            return http.send(request("/actuator/health/liveness").build(), BodyHandlers.discarding()).statusCode();
        }
    }

    @Nested
    class bodies_of_strangers {

        @Test
        void are_small() {
            assertThat(callback(" ".repeat(64 * 1024)).text("code")).isEqualTo("invalid_signature");
            Answer refused = callback(" ".repeat(64 * 1024 + 1));

            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.text("code")).isEqualTo("body_too_large");
        }

        @Test
        void are_not_awaited_when_they_are_announced_too_large_or_unwanted() {
            for (String announced : List.of("POST " + CALLBACKS, "POST /v1/orders", "PUT /v1/orders", "DELETE /v1/nothing")) {
                long start = System.nanoTime();
                var answer = RawHttp.send(orderflow.url(), announced + " HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
                        + " application/x-www-form-urlencoded\r\nContent-Length: 900000000\r\n\r\n");

                assertThat(answer.status()).as(announced).isIn(401, 413);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            }
        }

        @Test
        void that_do_not_come_are_given_up() {
            var answer = RawHttp.send(orderflow.url(), "POST " + CALLBACKS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
                    + " application/json\r\nContent-Length: 100\r\n\r\n{");

            assertThat(answer.status()).isIn(400, 408);
            assertThat(answer.body().path("code").asText()).isIn("bad_request", "request_timeout");
        }

        private Answer callback(String body) {
            return nobody.send(nobody.request(CALLBACKS).header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body)));
        }
    }

    @Nested
    class pages_of_others {

        @ParameterizedTest
        @CsvSource({"POST, /v1/operations/processors/order-projection/pause", "POST, /v1/orders", "DELETE, /v1/operations/dead-letters/1",
            "POST, " + CALLBACKS, "POST, /actuator/health", "PUT, /v1/nothing", "PATCH, /"})
        void change_nothing(String method, String path) {
            for (Shop caller : List.of(admin, nobody)) {
                for (String[] header : new String[][] {{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"},
                    {"Origin", "http://evil.example"}, {"Origin", "null"}, {"Origin", "http://127.0.0.1:1"}}) {
                    var answer = caller.send(caller.request(path).header(header[0], header[1])
                            .method(method, BodyPublishers.ofString("{}")));

                    assertThat(answer.status()).as(header[1]).isEqualTo(403);
                    assertThat(answer.text("code")).isEqualTo("cross_origin");
                }
            }
        }

        @Test
        void are_told_from_our_own() {
            String path = "/v1/operations/processors/order-projection/resume";
            for (String[] header : new String[][] {{"Sec-Fetch-Site", "same-origin"}, {"Sec-Fetch-Site", "none"},
                {"Origin", orderflow.url()}}) {
                admin.send(admin.request(path).header(header[0], header[1]).POST(BodyPublishers.noBody())).expect(200);
            }
            admin.send(admin.request("/v1/orders").header("Sec-Fetch-Site", "cross-site")).expect(200);
        }

        @Test
        void do_not_reach_a_server_of_this_machine_by_a_name_of_theirs() {
            String path = "GET /v1/me HTTP/1.1\r\nConnection: close\r\nAuthorization: " + DemoUser.ADMIN.authorization()
                    + "\r\nHost: ";

            assertThat(RawHttp.send(orderflow.url(), path + "rebound.example:8080\r\n\r\n").body().path("code").asText())
                    .isEqualTo("unknown_host");
            assertThat(RawHttp.send(orderflow.url(), path + "localhost:8080\r\n\r\n").status()).isEqualTo(200);
            assertThat(RawHttp.send(orderflow.url(), path + "[::1]\r\n\r\n").status()).isEqualTo(200);
        }

        @ParameterizedTest
        @CsvSource({"Sec-Fetch-Mode, navigate", "Sec-Fetch-Site, none", "X-Requested-With, XMLHttpRequest",
            "User-Agent, Mozilla/5.0 (X11)"})
        void and_ours_make_no_browser_ask_for_a_password(String header, String value) {
            for (String path : List.of("/actuator/info", "/v1/me", "/actuator/prometheus")) {
                var answer = nobody.send(nobody.request(path).header(header, value)).expect(401);

                assertThat(answer.response().headers().allValues("WWW-Authenticate")).hasSize(1)
                        .noneMatch(challenge -> challenge.startsWith("Basic"));
            }
            assertThat(nobody.get("/actuator/info").header("WWW-Authenticate")).startsWith("Basic ");
        }

        /** Nobody signs in at the sandbox. */
        @Test
        void control_no_gateway() throws Exception {
            String url = orderflow.gatewayUrl() + "/v1/control";
            var outage = HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofString("{\"outage\":true}"));

            assertThat(http.send(outage.copy().header("Origin", "http://evil.example").build(), BodyHandlers.ofString())
                    .statusCode()).isEqualTo(403);
            assertThat(http.send(outage.copy().header("Sec-Fetch-Site", "same-site").build(), BodyHandlers.ofString())
                    .statusCode()).isEqualTo(403);
            assertThat(RawHttp.send(url, "GET /v1/control HTTP/1.1\r\nConnection: close\r\nHost: rebound.example\r\n\r\n")
                    .status()).isEqualTo(403);
            assertThat(http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString()).body())
                    .contains("\"outage\":false");
        }
    }

    @Nested
    class guesses_of_passwords {

        @Test
        void are_refused_unseen_after_a_few_and_keep_no_user_out() {
            var refused = IntStream.range(0, 40).mapToObj(guess -> guess("staff", "guess" + guess, "10.9.8." + guess))
                    .filter(answer -> answer.status() == 429).toList();

            assertThat(refused).hasSizeGreaterThanOrEqualTo(30).allSatisfy(answer -> {
                assertThat(answer.text("code")).isEqualTo("too_many_failed_sign_ins");
                assertThat(answer.header("Retry-After")).isEqualTo("2");
            });
            shop.get("/v1/me").expect(200);
            await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(2_200))
                    .until(() -> admin.as(DemoUser.STAFF).get("/v1/me").status() == 200);
        }

        @Test
        void hold_no_order_up() throws Exception {
            var over = new AtomicBoolean();
            var answers = new AtomicInteger();
            List<Thread> strangers = IntStream.range(0, 60).mapToObj(stranger -> new Thread(() -> {
                for (int guess = 0; !over.get(); guess++) {
                    guess("name" + stranger + '-' + guess, "guess", "10.9.8.7");
                    answers.incrementAndGet();
                }
            })).toList();
            strangers.forEach(Thread::start);
            var took = new ArrayList<Duration>();
            try {
                for (int order = 0; order < 20; order++) {
                    long start = System.nanoTime();
                    shop.place("tok_ok", new Line("MUG", 1));
                    took.add(Duration.ofNanos(System.nanoTime() - start));
                }
            } finally {
                over.set(true);
                for (Thread stranger : strangers) {
                    stranger.join();
                }
            }
            Collections.sort(took);
            System.out.printf("Orders took up to %s, half of them up to %s, beside %s guesses%n", took.get(19), took.get(10), answers);
            assertThat(took.get(took.size() / 2)).isLessThan(Duration.ofSeconds(2));
        }

        private Answer guess(String name, String password, String claimedAddress) {
            Shop stranger = admin.as(DemoUser.basic(name, password));
            return stranger.send(stranger.request("/v1/me").header("X-Forwarded-For", claimedAddress));
        }
    }

    @Nested
    class what_is_kept {

        @Test
        void of_requests_as_meters_is_not_what_strangers_make_up() throws Exception {
            for (int made = 0; made < 30; made++) {
                http.send(request("/made-up-" + made).method("BREW" + made, BodyPublishers.noBody()).build(),
                        BodyHandlers.discarding());
            }

            assertThat(admin.get("/actuator/metrics/http.server.requests").expect(200).response().body())
                    .doesNotContain("BREW", "made-up");
        }
    }

    @Nested
    class live_streams {

        @Test
        void are_shared_among_shops_and_some_are_for_staff() throws Exception {
            var open = new ArrayList<HttpResponse<java.io.InputStream>>();
            try {
                for (int stream = 0; stream < SHARE; stream++) {
                    open.add(stream(DemoUser.SHOP));
                }
                assertThat(open).extracting(HttpResponse::statusCode).containsOnly(200);
                var refused = stream(DemoUser.SHOP);
                assertThat(refused.statusCode()).isEqualTo(429);
                assertThat(refused.headers().firstValue("Retry-After")).contains("5");
                JsonNode problem = new ObjectMapper().readTree(refused.body());
                assertThat(problem.path("code").asText()).isEqualTo("too_many_streams");
                open.add(stream(DemoUser.STAFF));
                assertThat(open).extracting(HttpResponse::statusCode).containsOnly(200);
            } finally {
                for (var stream : open) {
                    stream.body().close();
                }
            }
        }

        private HttpResponse<java.io.InputStream> stream(DemoUser user) throws Exception {
            return http.send(request("/v1/events").header("Accept", "text/event-stream")
                    .header("Authorization", user.authorization()).build(), BodyHandlers.ofInputStream());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(orderflow.url() + path)).timeout(Duration.ofSeconds(8));
    }
}
