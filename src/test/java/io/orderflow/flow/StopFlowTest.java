package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.flow.Shop.Answer;
import io.orderflow.flow.Shop.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of open requests when the application stops. */
class StopFlowTest {

    /** Far less than the requests want to wait, and than a stop waits for requests that are under way. */
    private static final Duration PROMPTLY = Duration.ofSeconds(12);

    private static final int READERS = 40;

    private static final String HALF_A_REQUEST = "POST /v1/orders HTTP/1.1\r\nHost: localhost\r\n"
            + "Authorization: Basic c2hvcDpzaG9w\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{";

    @Test
    void whoever_waits_is_answered_at_once_with_what_is_known(@TempDir Path data) throws Exception {
        var orderflow = RunningOrderflow.start(data);
        var threads = Executors.newCachedThreadPool();
        try (var half = new Socket("127.0.0.1", URI.create(orderflow.url()).getPort())) {
            Shop shop = orderflow.shop();
            half.getOutputStream().write(HALF_A_REQUEST.getBytes(StandardCharsets.US_ASCII));
            shop.receive("STOP", 10);
            shop.receive("STOP-3DS", 10);
            String id = shop.place("tok_ok", new Line("STOP", 1));
            String payment = shop.awaitStatus(id, "confirmed").path("payment_id").asText();
            await().until(() -> shop.stock("STOP").path("reserved").asInt() == 1
                    && shop.get("/v1/payments/" + payment).text("status").equals("authorized"));
            Map<String, CompletableFuture<Answer>> waiting = new LinkedHashMap<>();
            for (String path : new String[] {"/v1/orders/" + id, "/v1/payments/" + payment, "/v1/stock/STOP"}) {
                String known = shop.get(path).expect(200).header("ETag");
                waiting.put(path, CompletableFuture.supplyAsync(() -> shop.send(shop.request(path)
                        .header("Prefer", "wait=25").header("If-None-Match", known)), threads));
            }
            var placed = CompletableFuture.supplyAsync(() -> shop.post("/v1/orders",
                    Shop.order("tok_3ds", new Line("STOP-3DS", 1)), "waits", "Prefer", "wait=25"), threads);
            var streams = Stream.of("/v1/events", "/v1/orders/" + id + "/events").map(path -> HttpClient.newHttpClient()
                    .sendAsync(shop.request(path).header("Accept", "text/event-stream").build(),
                            BodyHandlers.ofInputStream())).toList();
            for (var stream : streams) {
                assertThat(stream.join().statusCode()).isEqualTo(200);
            }
            var watchers = orderflow.bean(QueryUpdateEmitter.class);
            await().untilAsserted(() -> assertThat(watchers.activeSubscriptions()).hasSize(4));
            waiting.forEach((path, answer) -> assertThat(answer).as(path).isNotDone());

            long began = System.nanoTime();
            orderflow.stop();
            Duration stop = Duration.ofNanos(System.nanoTime() - began);

            for (var each : waiting.entrySet()) {
                assertThat(each.getValue().get(1, TimeUnit.SECONDS).status()).as(each.getKey()).isIn(200, 304);
            }
            assertThat(placed.get(1, TimeUnit.SECONDS).expect(201).text("status")).isEqualTo("placed");
            for (var stream : streams) {
                var rest = CompletableFuture.supplyAsync(() -> readAll(stream.join().body()), threads);
                assertThat(rest.get(1, TimeUnit.SECONDS)).isNotEmpty();
            }
            assertThat(stop).isLessThan(PROMPTLY);
        } finally {
            threads.shutdownNow();
            orderflow.close();
        }
    }

    @Test
    void streams_whose_readers_have_left_are_not_waited_for(@TempDir Path data) throws Exception {
        var orderflow = RunningOrderflow.start(data);
        try {
            Shop shop = orderflow.shop();
            String stream = "GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                    + "Authorization: Basic c2hvcDpzaG9w\r\n\r\n";
            for (int reader = 0; reader < READERS; reader++) {
                try (var socket = new Socket("127.0.0.1", URI.create(orderflow.url()).getPort())) {
                    socket.getOutputStream().write(stream.getBytes(StandardCharsets.US_ASCII));
                    assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
                    socket.setSoLinger(true, 0);
                }
            }
            TimeUnit.SECONDS.sleep(1);

            long began = System.nanoTime();
            orderflow.stop();

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PROMPTLY);
        } finally {
            orderflow.close();
        }
    }

    private static byte[] readAll(InputStream body) {
        try (body) {
            return body.readAllBytes();
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        }
    }
}
