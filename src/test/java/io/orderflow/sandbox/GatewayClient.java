package io.orderflow.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A merchant that speaks to the gateway over HTTP, as the payment module does. */
final class GatewayClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    GatewayClient(String url) {
        this.url = url;
    }

    static String newKey() {
        return "attempt-" + UUID.randomUUID();
    }

    static String authorization(String method, long amount) {
        return """
                {"amount":{"currency":"EUR","amount":%d},"method":"%s","merchant_reference":"order-1"}"""
                .formatted(amount, method);
    }

    static String amount(long amount) {
        return """
                {"amount":{"currency":"EUR","amount":%d}}""".formatted(amount);
    }

    Answer authorize(String key, String method, long amount) {
        return post("/v1/authorizations", key, authorization(method, amount));
    }

    String authorized(long amount) {
        return authorize(newKey(), "tok_ok", amount).text("authorization_id");
    }

    Answer capture(String authorizationId, long amount) {
        return post("/v1/authorizations/" + authorizationId + "/captures", newKey(), amount(amount));
    }

    Answer refund(String authorizationId, long amount) {
        return post("/v1/authorizations/" + authorizationId + "/refunds", newKey(), amount(amount));
    }

    Answer voidOf(String authorizationId) {
        return post("/v1/authorizations/" + authorizationId + "/voids", newKey(), "");
    }

    Answer lookUp(String key) {
        return get("/v1/operations/" + URLEncoder.encode(key, StandardCharsets.UTF_8));
    }

    JsonNode ledger() {
        return get("/v1/ledger").json();
    }

    Answer get(String path) {
        return send(request(path, null).GET().build());
    }

    Answer post(String path, String key, String body) {
        return send(postRequest(path, key, body));
    }

    Answer put(String path, String body) {
        return send(request(path, null).PUT(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    Answer delete(String path) {
        return send(request(path, null).DELETE().build());
    }

    /** What a browser sends when the customer presses a button of the challenge page. */
    Answer press(String authorizationId, String button) {
        return send(request("/challenges/" + authorizationId + "/" + button, null)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.noBody()).build());
    }

    CompletableFuture<Answer> authorizeLater(String key, String method, long amount) {
        return http.sendAsync(postRequest("/v1/authorizations", key, authorization(method, amount)),
                BodyHandlers.ofString()).thenApply(Answer::of);
    }

    private HttpRequest postRequest(String path, String key, String body) {
        return request(path, key).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    }

    private HttpRequest.Builder request(String path, String key) {
        var request = HttpRequest.newBuilder(URI.create(url + path));
        return key == null ? request : request.header("Idempotency-Key", key);
    }

    private Answer send(HttpRequest request) {
        try {
            return Answer.of(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What came back: equal answers are equal byte for byte. */
    record Answer(int http, String body) {

        static Answer of(HttpResponse<String> response) {
            return new Answer(response.statusCode(), response.body());
        }

        String text(String field) {
            return json().path(field).asText();
        }

        String outcome() {
            var code = text("code");
            return text("status") + (code.isEmpty() ? "" : ": " + code);
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
