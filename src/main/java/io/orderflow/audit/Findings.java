package io.orderflow.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an audit has counted and where it found the store wrong; of many violations it keeps the first few. */
final class Findings {

    private static final int SHOWN = 20;

    private final Map<Invariant, Map<String, Object>> figures = new EnumMap<>(Invariant.class);
    private final Map<Invariant, List<Violation>> violations = new EnumMap<>(Invariant.class);
    private final Map<Invariant, Long> counts = new EnumMap<>(Invariant.class);
    private final Map<Invariant, String> notEvaluated = new EnumMap<>(Invariant.class);

    /** @param subject what is wrong: the id of an order, a payment, an operation, an SKU, an event */
    record Violation(String subject, String expected, String found) {
    }

    void violated(Invariant invariant, String subject, Object expected, Object found) {
        counts.merge(invariant, 1L, Long::sum);
        var shown = violations.computeIfAbsent(invariant, first -> new ArrayList<>());
        if (shown.size() < SHOWN) {
            shown.add(new Violation(subject, String.valueOf(expected), String.valueOf(found)));
        }
    }

    /** Violated unless both are equal. */
    void expect(Invariant invariant, String subject, Object expected, Object found) {
        if (!String.valueOf(expected).equals(String.valueOf(found))) {
            violated(invariant, subject, expected, found);
        }
    }

    void figure(Invariant invariant, String name, Object value) {
        figures.computeIfAbsent(invariant, first -> new LinkedHashMap<>()).put(name, value);
    }

    void notEvaluated(Invariant invariant, String reason) {
        notEvaluated.put(invariant, reason);
    }

    Map<String, Object> figures(Invariant invariant) {
        return figures.getOrDefault(invariant, Map.of());
    }

    List<Violation> violations(Invariant invariant) {
        return violations.getOrDefault(invariant, List.of());
    }

    long count(Invariant invariant) {
        return counts.getOrDefault(invariant, 0L);
    }

    /** Null when it was evaluated. */
    String reasonNotEvaluated(Invariant invariant) {
        return notEvaluated.get(invariant);
    }
}
