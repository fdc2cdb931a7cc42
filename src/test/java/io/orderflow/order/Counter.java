package io.orderflow.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.UUID;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Where a shop hands in its requests over HTTP. */
final class Counter {

    private final TestRestTemplate http;

    Counter(TestRestTemplate http) {
        this.http = http.withBasicAuth("admin", "admin");
    }

    /** An order of two units of one SKU at EUR 18.00 each. */
    static String order(String sku) {
        return order("R-1", "c-1", sku);
    }

    static String order(String reference, String customer, String sku) {
        return """
                {"reference": "%s", "customer": {"id": "%s", "email": "ada@example.org"}, "currency": "EUR",
                 "lines": [{"sku": "%s", "quantity": 2, "unit_price": {"currency": "EUR", "amount": 1800}}],
                 "payment": {"method": "tok_ok"}}""".formatted(reference, customer, sku);
    }

    ResponseEntity<JsonNode> get(String path) {
        return http.getForEntity(URI.create(http.getRootUri() + path), JsonNode.class);
    }

    ResponseEntity<JsonNode> post(String path, String body) {
        return post(path, UUID.randomUUID().toString(), body);
    }

    ResponseEntity<JsonNode> post(String path, String key, String body, String... headers) {
        var all = new HttpHeaders();
        all.setContentType(MediaType.APPLICATION_JSON);
        all.set("Idempotency-Key", key);
        for (int header = 0; header < headers.length; header += 2) {
            all.set(headers[header], headers[header + 1]);
        }
        return http.exchange(URI.create(http.getRootUri() + path), HttpMethod.POST, new HttpEntity<>(
                body.replace("\"R-1\"", "\"R-1-" + Integer.toHexString(key.hashCode()) + '"'), all),
                JsonNode.class);
    }

    static void expectProblem(ResponseEntity<JsonNode> answer, HttpStatus status, String code) {
        assertThat(answer.getBody().path("code").asText()).as(answer.toString()).isEqualTo(code);
        assertThat(answer.getStatusCode()).isEqualTo(status);
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
    }
}
