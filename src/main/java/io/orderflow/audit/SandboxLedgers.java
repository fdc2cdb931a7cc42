package io.orderflow.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.core.env.Environment;

/** Where the sandbox gateway's ledger is: a file of this process, or behind the gateway's own address. */
final class SandboxLedgers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private SandboxLedgers() {
    }

    /** Answers null when the gateway is another one, whose ledger is not for us to read raw. */
    static GatewayLedger of(Environment environment) throws IOException, InterruptedException {
        if (!environment.getProperty("orderflow.payment.gateway.name", "sandbox").equals("sandbox")) {
            return null;
        }
        if (environment.getProperty("orderflow.sandbox.embedded", Boolean.class, true)) {
            return GatewayLedger.read(Path.of(environment.getProperty("orderflow.sandbox.ledger",
                    "./data/sandbox-gateway.jsonl")));
        }
        return fetch(environment.getRequiredProperty("orderflow.payment.gateway.url"));
    }

    private static GatewayLedger fetch(String gateway) throws IOException, InterruptedException {
        var ledger = new GatewayLedger();
        var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        String after = "";
        JsonNode page;
        do {
            var request = HttpRequest.newBuilder(URI.create(gateway + "/v1/ledger?limit=" + PAGE + after))
                    .timeout(PATIENCE).build();
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("the gateway answered " + response.statusCode());
            }
            page = JSON.readTree(response.body());
            page.forEach(ledger::add);
            after = page.isEmpty() ? "" : "&after=" + URLEncoder.encode(
                    page.get(page.size() - 1).path("operation_id").asText(), StandardCharsets.UTF_8);
        } while (page.size() == PAGE);
        return ledger;
    }
}
