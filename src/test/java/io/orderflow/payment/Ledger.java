package io.orderflow.payment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.web.client.RestClient;

/** What the sandbox gateway says it has done, in its own words. */
public record Ledger(String url) {

    public List<String> facts() {
        return entries().map(entry -> entry.path("fact").asText() + " " + entry.path("operation_id").asText() + " "
                + entry.path("amount").path("amount").asLong()).toList();
    }

    private Stream<JsonNode> entries() {
        try {
            var json = new ObjectMapper().readTree(RestClient.create(url).get().uri("/v1/ledger").retrieve()
                    .body(byte[].class));
            return StreamSupport.stream(json.spliterator(), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
