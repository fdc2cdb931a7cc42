package io.orderflow.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orderflow.sandbox.callback.CallbackReceiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static io.orderflow.sandbox.GatewayClient.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

@Timeout(120)
class CallbacksTest {

    private static final String SECRET = "whsec_test";

    @TempDir
    Path directory;
    Merchant merchant;
    SandboxGateway gateway;
    GatewayClient client;

    @BeforeEach
    void start() throws IOException {
        merchant = new Merchant();
        startGateway();
    }

    @AfterEach
    void stop() {
        gateway.close();
        merchant.close();
    }

    void startGateway() {
        gateway = SandboxGateway.start("--port=0", "--ledger=" + directory.resolve("ledger.jsonl"), "--pending=300ms",
                "--callback-url=" + merchant.url(), "--callback-secret=" + SECRET);
        client = new GatewayClient(gateway.url());
    }

    void restartGateway() {
        gateway.close();
        startGateway();
    }

    void awaitCallbacks(int count) {
        await().until(() -> merchant.taken.size() >= count);
        assertThat(merchant.taken).hasSize(count);
    }

    @Nested
    class A_fact {

        @Test
        void is_announced_in_full() {
            var key = newKey();
            var authorization = client.authorize(key, "tok_ok", 1299).text("authorization_id");

            awaitCallbacks(1);

            var callback = merchant.taken.get(0);
            assertThat(callback.body()).isEqualTo("""
                    {"id":"%s","type":"operation.succeeded","operation_id":"%s","authorization_id":"%s",\
                    "merchant_reference":"order-1","created_at":"%s"}""".formatted(callback.id(), key, authorization,
                    client.ledger().get(0).path("at").asText()));
            assertThat(callback.id()).matches("cb_[0-9a-f]{24}");
        }

        @Test
        void is_announced_whatever_it_is() {
            client.authorize(newKey(), "tok_declined", 1);
            client.authorize(newKey(), "tok_pending", 1);
            var challenged = client.authorize(newKey(), "tok_3ds", 1).text("authorization_id");
            client.press(challenged, "decline");
            client.capture(challenged, 1);

            awaitCallbacks(6);

            assertThat(merchant.types()).containsExactlyInAnyOrder("operation.declined", "operation.pending",
                    "operation.succeeded", "operation.action_required", "operation.declined", "operation.failed");
            assertThat(merchant.ids()).doesNotHaveDuplicates();
        }

        @Test
        void is_signed_with_the_time_and_the_secret() throws Exception {
            client.authorize(newKey(), "tok_ok", 1);

            awaitCallbacks(1);

            var callback = merchant.taken.get(0);
            var time = callback.signature().replaceAll("^t=(\\d+),v1=[0-9a-f]{64}$", "$1");
            assertThat(Instant.ofEpochSecond(Long.parseLong(time)))
                    .isBetween(Instant.now().minusSeconds(30), Instant.now());
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            assertThat(callback.signature()).endsWith(",v1=" + HexFormat.of().formatHex(
                    mac.doFinal((time + "." + callback.body()).getBytes(StandardCharsets.UTF_8))));
        }

        @Test
        void is_announced_again_until_it_is_accepted() {
            merchant.answer = 503;
            client.authorize(newKey(), "tok_ok", 1);
            await().until(() -> merchant.refused.size() >= 3);

            merchant.answer = 204;

            awaitCallbacks(1);
            assertThat(merchant.refused).extracting(Received::id).containsOnly(merchant.taken.get(0).id());
            assertThat(pauseBefore(1)).isGreaterThan(Duration.ofMillis(900));
            assertThat(pauseBefore(2)).isGreaterThan(Duration.ofMillis(1900));
        }

        private Duration pauseBefore(int repeat) {
            return Duration.between(merchant.refused.get(repeat - 1).at(), merchant.refused.get(repeat).at());
        }

        @Test
        void delays_no_operation_when_it_is_not_accepted() {
            merchant.stall = true;
            for (var i = 0; i < 20; i++) {
                client.authorize(newKey(), "tok_ok", 1);
            }
            // Each stalled call takes five seconds: had they waited for it, the test would have run out of time.
            assertThat(client.ledger()).hasSize(20);
            assertThat(merchant.taken).isEmpty();
        }
    }

    @Nested
    class After_a_restart {

        @Test
        void what_was_not_accepted_is_announced_again() {
            merchant.answer = 500;
            client.authorize(newKey(), "tok_ok", 1);
            await().until(() -> !merchant.refused.isEmpty());
            gateway.close();
            merchant.answer = 200;

            startGateway();

            awaitCallbacks(1);
            assertThat(merchant.ids()).containsOnly(merchant.refused.get(0).id());
        }

        @Test
        void what_was_accepted_is_not() {
            client.authorize("before", "tok_ok", 1);
            awaitCallbacks(1);
            // The answer is noted after it has come: a gateway that stops before that calls again.
            await().until(() -> Files.size(directory.resolve("ledger.jsonl.delivered")) > 0);
            restartGateway();

            client.authorize("after", "tok_ok", 1);

            await().until(() -> merchant.taken.stream().anyMatch(callback -> callback.body().contains("after")));
            assertThat(merchant.taken).hasSize(2);
        }
    }

    @Nested
    class The_fault_injector {

        @Test
        void loses_callbacks_for_good() {
            client.put("/v1/control", """
                    {"callbacks":{"lose":1}}""");
            client.authorize(newKey(), "tok_ok", 1);
            client.delete("/v1/control");
            restartGateway();

            client.authorize("announced", "tok_ok", 1);

            awaitCallbacks(1);
            assertThat(merchant.taken.get(0).body()).contains("announced");
        }

        @Test
        void doubles_callbacks_under_the_same_id() {
            client.put("/v1/control", """
                    {"callbacks":{"double":1}}""");

            client.authorize(newKey(), "tok_ok", 1);

            awaitCallbacks(2);
            assertThat(new HashSet<>(merchant.ids())).hasSize(1);
        }

        @Test
        void lets_one_overtake_another() {
            client.put("/v1/control", """
                    {"callbacks":{"reorder":1}}""");
            client.authorize("first", "tok_ok", 1);
            client.delete("/v1/control");

            client.authorize("second", "tok_ok", 1);

            awaitCallbacks(2);
            assertThat(merchant.taken.get(0).body()).contains("second");
            var overtaken = merchant.taken.get(1);
            assertThat(overtaken.body()).contains("first");
            // Five seconds is how long it would have waited for another.
            assertThat(Duration.between(overtaken.createdAt(), overtaken.at())).isLessThan(Duration.ofSeconds(5));
        }

        @Test
        void holds_back_for_a_while_what_nothing_overtakes() {
            client.put("/v1/control", """
                    {"callbacks":{"reorder":1}}""");

            client.authorize(newKey(), "tok_ok", 1);

            awaitCallbacks(1);
        }

        @Test
        void delays_callbacks() {
            client.put("/v1/control", """
                    {"seed":1,"callbacks":{"delay_at_most":"PT2S"}}""");

            for (var i = 0; i < 20; i++) {
                client.authorize(newKey(), "tok_ok", 1);
            }

            awaitCallbacks(20);
            assertThat(merchant.taken).anyMatch(callback ->
                    Duration.between(callback.createdAt(), callback.at()).compareTo(Duration.ofSeconds(1)) > 0);
            assertThat(merchant.taken).extracting(Received::createdAt).isNotEqualTo(
                    merchant.taken.stream().map(Received::createdAt).sorted().toList());
        }
    }

    @Nested
    class The_address {

        @Test
        void must_be_one() {
            assertThatIllegalArgumentException().isThrownBy(() -> CallbackReceiver.of("localhost:8080", SECRET))
                    .withMessageContaining("callback-url");
            assertThatIllegalArgumentException().isThrownBy(() -> CallbackReceiver.of("no address", SECRET))
                    .withMessageContaining("callback-url");
            assertThatIllegalArgumentException().isThrownBy(() -> CallbackReceiver.of("http://my_host/", SECRET))
                    .withMessageContaining("callback-url");
        }

        @Test
        void may_be_none() {
            assertThat(CallbackReceiver.of("", SECRET)).isEmpty();
        }

        @Test
        void needs_a_secret_that_is_nobody_elses() {
            assertThatIllegalArgumentException().isThrownBy(() -> CallbackReceiver.of(merchant.url(), ""))
                    .withMessageContaining("callback-secret");
        }
    }

    /** Receives callbacks. */
    static final class Merchant {

        final List<Received> taken = new CopyOnWriteArrayList<>();
        final List<Received> refused = new CopyOnWriteArrayList<>();
        volatile int answer = 200;
        volatile boolean stall;

        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final HttpServer server;

        Merchant() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/callbacks", this::receive);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/callbacks";
        }

        List<String> ids() {
            return taken.stream().map(Received::id).toList();
        }

        List<String> types() {
            return taken.stream().map(callback -> callback.field("type")).toList();
        }

        void close() {
            server.stop(0);
            threads.shutdownNow();
        }

        private void receive(HttpExchange exchange) throws IOException {
            if (stall) {
                return;
            }
            var received = new Received(Instant.now(), exchange.getRequestHeaders().getFirst("Sandbox-Signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var status = answer;
            (status < 300 ? taken : refused).add(received);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        }
    }

    /** A callback as it arrived. */
    record Received(Instant at, String signature, String body) {

        String field(String name) {
            return new GatewayClient.Answer(200, body).text(name);
        }

        String id() {
            return field("id");
        }

        Instant createdAt() {
            return Instant.parse(field("created_at"));
        }
    }
}
