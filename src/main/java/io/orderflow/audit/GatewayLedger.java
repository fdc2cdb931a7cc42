package io.orderflow.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.shared.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The gateway's own ledger, as the sandbox gateway writes it: a line for each fact, the last one of an operation counts. */
final class GatewayLedger {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Integer> successes = new HashMap<>();
    private final Map<String, Set<String>> authorizationsByOrder = new HashMap<>();
    private final Set<String> voided = new HashSet<>();

    /** The facts that say that an operation has succeeded. */
    private static final Set<String> DONE = Set.of("authorized", "captured", "voided", "refunded");

    /** @param amount minor units */
    record Entry(PaymentLedger.Kind kind, String fact, String currency, long amount) {

        boolean isDone() {
            return DONE.contains(fact);
        }

        String text() {
            return kind + " of " + Money.text(currency, amount);
        }
    }

    /** @throws IOException when the file cannot be read; a torn last line, which nobody was told of, is left out */
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

    void add(JsonNode line) {
        String id = line.path("operation_id").asText();
        var kind = PaymentLedger.Kind.valueOf(line.path("kind").asText().toUpperCase(Locale.ROOT));
        String order = line.path("merchant_reference").asText();
        var entry = new Entry(kind, line.path("fact").asText(), line.path("amount").path("currency").asText(),
                line.path("amount").path("amount").asLong());
        entries.put(id, entry);
        if (entry.isDone()) {
            successes.merge(id, 1, Integer::sum);
            String authorization = line.path("authorization_id").asText();
            if (kind == PaymentLedger.Kind.AUTHORIZATION) {
                authorizationsByOrder.computeIfAbsent(order, first -> new HashSet<>()).add(authorization);
            } else if (kind == PaymentLedger.Kind.VOID) {
                voided.add(authorization);
            }
        }
    }

    Map<String, Entry> entries() {
        return entries;
    }

    /** How often an operation succeeded, which must not be twice. */
    Map<String, Integer> successes() {
        return successes;
    }

    /** The authorizations of each order that were not given back whole. */
    Map<String, Long> chargesByOrder() {
        Map<String, Long> charges = new HashMap<>();
        authorizationsByOrder.forEach((order, all) ->
                charges.put(order, all.stream().filter(each -> !voided.contains(each)).count()));
        return charges;
    }
}
