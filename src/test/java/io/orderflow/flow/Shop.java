package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.orderflow.packaged.DemoUser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.adapter.JdkFlowAdapter;

/** Speaks to a running Orderflow as shops and staff do: over HTTP and nothing else. May do everything unless told otherwise. */
final class Shop {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final String authorization;
    private final Runnable awaitViews;

    Shop(String url) {
        this(url, () -> { });
    }

    /** @param awaitViews waits until all views know of every event: after an order's state others are read as well */
    Shop(String url, Runnable awaitViews) {
        this(url, DemoUser.ADMIN.authorization(), awaitViews);
    }

    private Shop(String url, String authorization, Runnable awaitViews) {
        this.url = url;
        this.authorization = authorization;
        this.awaitViews = awaitViews;
    }

    Shop as(DemoUser user) {
        return as(user.authorization());
    }

    /** @param who the whole header; null for nobody */
    Shop as(String who) {
        return new Shop(url, who, awaitViews);
    }

    String url() {
        return url;
    }

    /** An answer: its status, its headers and its body as JSON. */
    record Answer(int status, HttpResponse<String> response, JsonNode body) {

        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        String text(String field) {
            return body.path(field).asText();
        }

        String id() {
            return text("id");
        }

        Answer expect(int expected) {
            assertThat(status).as(response.body()).isEqualTo(expected);
            return this;
        }
    }

    /** So many units of a SKU at EUR 10.00 each. */
    record Line(String sku, int quantity) {

        String json() {
            return """
                    {"sku":"%s","quantity":%d,"unit_price":{"currency":"EUR","amount":1000}}""".formatted(sku,
                    quantity);
        }
    }

    /** With the reference R-1, of which {@link #post} makes one that no other order has. */
    static String order(String method, Line... lines) {
        return """
                {"reference":"R-1","customer":{"id":"c-1","email":"ada@example.org"},"currency":"EUR",
                 "lines":[%s],"payment":{"method":"%s"}}""".formatted(
                Stream.of(lines).map(Line::json).collect(Collectors.joining(",")), method);
    }

    /** The one that {@link #post} gives to an order. */
    static String reference(String key) {
        return "R-1-" + Integer.toHexString(key.hashCode());
    }

    void receive(String sku, int quantity) {
        post("/v1/stock/" + sku + "/receipts", "{\"quantity\":%d}".formatted(quantity)).expect(201);
    }

    /** Places an order and answers its id. */
    String place(String method, Line... lines) {
        return post("/v1/orders", order(method, lines)).expect(201).id();
    }

    JsonNode awaitStatus(String orderId, String status) {
        return awaitOrder(orderId, order -> order.path("status").asText().equals(status));
    }

    JsonNode awaitWaitingOn(String orderId, String code) {
        return awaitOrder(orderId, order -> order.path("waiting_on").path("code").asText().equals(code));
    }

    JsonNode awaitOrder(String orderId, Predicate<JsonNode> wanted) {
        JsonNode order = await().until(() -> get("/v1/orders/" + orderId).body(), wanted);
        awaitViews.run();
        return order;
    }

    /** Waits until an order has waited on something, for however short a time; its timeline remembers. */
    void awaitHavingWaitedOn(String orderId, String code) {
        await().until(() -> get("/v1/orders/" + orderId + "/timeline").body().findValuesAsText("code"),
                codes -> codes.contains(code));
    }

    JsonNode payment(JsonNode order) {
        return get("/v1/payments/" + order.path("payment_id").asText()).expect(200).body();
    }

    JsonNode stock(String sku) {
        return get("/v1/stock/" + sku).expect(200).body();
    }

    Answer get(String path) {
        return send(request(path));
    }

    Answer post(String path, String body) {
        return post(path, body, UUID.randomUUID().toString());
    }

    Answer post(String path, String body, String key, String... headers) {
        var request = request(path).header("Content-Type", "application/json").header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body.replace("\"reference\":\"R-1\"",
                        "\"reference\":\"" + reference(key) + '"')));
        for (int header = 0; header < headers.length; header += 2) {
            request.setHeader(headers[header], headers[header + 1]);
        }
        return send(request);
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    /** The type of an answer that need not end: hangs up once it has begun. */
    String typeOf(String path, String accept) {
        try {
            var answer = http.send(request(path).header("Accept", accept).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            assertThat(answer.statusCode()).as(accept).isEqualTo(200);
            return answer.headers().firstValue("Content-Type").orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String bodyOf(HttpRequest request) {
        var sent = new ByteArrayOutputStream();
        request.bodyPublisher().ifPresent(body -> JdkFlowAdapter.flowPublisherToFlux(body).doOnNext(part ->
                sent.write(part.array(), part.arrayOffset() + part.position(), part.remaining())).blockLast());
        return sent.toString(StandardCharsets.UTF_8);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
            boolean json = type.contains("json");
            JsonNode body = json ? JSON.readTree(response.body()) : NullNode.getInstance();
            HttpRequest sent = response.request();
            assertThat(PublishedApi.breaches(sent, bodyOf(sent), response, body)).as("the published API, of %s", body)
                    .isEmpty();
            return new Answer(response.statusCode(), response, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
