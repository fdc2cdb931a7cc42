package io.orderflow.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.packaged.DemoUser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** A shop in front of Orderflow: receives stock, places orders, looks at them. */
final class ShopClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** They may receive stock, too. */
    private static final String STAFF = DemoUser.STAFF.authorization();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    ShopClient(String url) {
        this.url = url;
    }

    void receive(String sku, int quantity) throws Exception {
        post("/v1/stock/" + sku + "/receipts", "receive-" + sku, "{\"quantity\":%d}".formatted(quantity),
                Duration.ZERO);
    }

    String anySku() throws Exception {
        return get("/v1/stock?limit=1").path("items").path(0).path("sku").asText();
    }

    /** @param wait how long the answer may wait for the outcome; zero for an answer at once */
    JsonNode place(String reference, List<String> skus, Duration wait) throws Exception {
        String lines = skus.stream().map(sku -> """
                {"sku":"%s","quantity":1,"unit_price":{"currency":"EUR","amount":1299}}""".formatted(sku))
                .collect(Collectors.joining(","));
        return post("/v1/orders", reference, """
                {"reference":"%s","customer":{"id":"bench","email":"bench@example.org"},"currency":"EUR",
                "lines":[%s],"payment":{"method":"tok_ok"}}""".formatted(reference, lines), wait);
    }

    boolean anyWithStatus(String status) throws Exception {
        return !get("/v1/orders?limit=1&status=" + status).path("items").isEmpty();
    }

    /** How long each of the newest orders took from its placing to its confirmation, by the facts' own times. */
    long[] millisToConfirmed(Instant since, int orders) throws Exception {
        long[] millis = new long[orders];
        String cursor = "";
        for (int read = 0; read < orders;) {
            JsonNode page = get("/v1/orders?limit=200&status=confirmed&created_from=" + since + cursor);
            for (JsonNode order : page.path("items")) {
                if (read < orders) {
                    millis[read++] = Duration.between(Instant.parse(order.path("created_at").asText()),
                            Instant.parse(order.path("updated_at").asText())).toMillis();
                }
            }
            if (page.path("next").isNull() && read < orders) {
                throw new IllegalStateException("Only %d of %d orders are confirmed".formatted(read, orders));
            }
            cursor = "&cursor=" + page.path("next").asText();
        }
        return millis;
    }

    private JsonNode get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url + path)));
    }

    private JsonNode post(String path, String key, String body, Duration wait) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + path)).header("Content-Type", "application/json")
                .header("Idempotency-Key", key).POST(HttpRequest.BodyPublishers.ofString(body));
        if (!wait.isZero()) {
            request.header("Prefer", "wait=" + wait.toSeconds());
        }
        return send(request);
    }

    private JsonNode send(HttpRequest.Builder request) throws Exception {
        var response = http.send(request.header("Authorization", STAFF).timeout(Duration.ofSeconds(60)).build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }
}
