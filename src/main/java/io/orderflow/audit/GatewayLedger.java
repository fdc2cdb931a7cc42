package io.orderflow.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.shared.Money;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** The gateway's own ledger, as the sandbox gateway writes it: one line for each fact of an operation. */
final class GatewayLedger {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 1000;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Set<String> SUCCESSES = Set.of("authorized", "captured", "voided", "refunded");

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Integer> successes = new HashMap<>();
    private final Map<String, Set<String>> authorizationsByOrder = new HashMap<>();
    private final Set<String> voided = new HashSet<>();

    /** @param amount minor units */
    record Entry(PaymentState.Kind kind, String fact, String currency, long amount) {

        boolean isDone() {
            return SUCCESSES.contains(fact);
        }

        String text() {
            return kind + " of " + Money.text(currency, amount);
        }
    }

    /** The ledger of the configured gateway, or null when it is not a sandbox gateway. */
    static @Nullable GatewayLedger of(Environment environment) throws IOException {
        if (!environment.getProperty("orderflow.payment.gateway.name", "sandbox").equals("sandbox")) {
            return null;
        }
        return environment.getProperty("orderflow.sandbox.embedded", Boolean.class, true)
                ? read(Path.of(environment.getProperty("orderflow.sandbox.ledger", "./data/sandbox-gateway.jsonl")))
                : fetch(environment.getRequiredProperty("orderflow.payment.gateway.url"));
    }

    /** Leaves out a torn last line, which was never acknowledged. */
    static GatewayLedger read(Path file) throws IOException {
        var ledger = new GatewayLedger();
        try (var lines = Files.lines(file)) {
            for (var line = lines.iterator(); line.hasNext();) {
                String text = line.next();
                if (text.endsWith("}")) {
                    ledger.add(JSON.readTree(text));
                }
            }
        }
        return ledger;
    }

    private static GatewayLedger fetch(String url) {
        var requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder().connectTimeout(TIMEOUT).build());
        requests.setReadTimeout(TIMEOUT);
        var gateway = RestClient.builder().baseUrl(url).requestFactory(requests).build();
        var ledger = new GatewayLedger();
        String after = "";
        JsonNode page;
        do {
            page = gateway.get().uri("/v1/ledger?limit={limit}" + (after.isEmpty() ? "" : "&after={after}"), PAGE,
                    after).retrieve().body(JsonNode.class);
            page.forEach(ledger::add);
            after = page.path(page.size() - 1).path("operation_id").asText();
        } while (page.size() == PAGE);
        return ledger;
    }

    void add(JsonNode line) {
        String id = line.path("operation_id").asText();
        var kind = PaymentState.Kind.valueOf(line.path("kind").asText().toUpperCase(Locale.ROOT));
        var amount = line.path("amount");
        var entry = new Entry(kind, line.path("fact").asText(), amount.path("currency").asText(),
                amount.path("amount").asLong());
        entries.put(id, entry);
        if (entry.isDone()) {
            successes.merge(id, 1, Integer::sum);
            String authorization = line.path("authorization_id").asText();
            if (kind == PaymentState.Kind.AUTHORIZATION) {
                authorizationsByOrder.computeIfAbsent(line.path("merchant_reference").asText(),
                        first -> new HashSet<>()).add(authorization);
            } else if (kind == PaymentState.Kind.VOID) {
                voided.add(authorization);
            }
        }
    }

    /** The latest fact of each operation. */
    Map<String, Entry> entries() {
        return entries;
    }

    /** How often each operation succeeded. */
    Map<String, Integer> successes() {
        return successes;
    }

    /** How many authorizations of each order were not voided. */
    Map<String, Long> chargesByOrder() {
        Map<String, Long> charges = new HashMap<>();
        authorizationsByOrder.forEach((order, all) ->
                charges.put(order, all.stream().filter(each -> !voided.contains(each)).count()));
        return charges;
    }
}
