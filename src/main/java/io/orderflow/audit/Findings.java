package io.orderflow.audit;

import io.orderflow.audit.Report.Status;
import io.orderflow.audit.Report.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the figures and violations of an audit; only the first violations of each invariant are kept. */
final class Findings {

    private static final int SHOWN = 20;

    private final Map<Invariant, Finding> byInvariant = new EnumMap<>(Invariant.class);

    private static final class Finding {

        private final Map<String, Object> figures = new LinkedHashMap<>();
        private final List<Violation> evidence = new ArrayList<>();
        private long violations;
        private @Nullable String reasonNotEvaluated;

        private Report.Result result(Invariant invariant) {
            Status status = violations > 0 ? Status.VIOLATED : reasonNotEvaluated == null ? Status.HOLDS
                    : Status.NOT_EVALUATED;
            return new Report.Result(invariant.name(), invariant.title(), status, reasonNotEvaluated, figures,
                    violations, evidence);
        }
    }

    Findings() {
        for (Invariant invariant : Invariant.values()) {
            byInvariant.put(invariant, new Finding());
        }
    }

    void violated(Invariant invariant, String subject, Object expected, Object found) {
        var finding = byInvariant.get(invariant);
        finding.violations++;
        if (finding.evidence.size() < SHOWN) {
            finding.evidence.add(new Violation(subject, String.valueOf(expected), String.valueOf(found)));
        }
    }

    /** Violated unless both are equal. */
    void expect(Invariant invariant, String subject, String expected, String found) {
        if (!expected.equals(found)) {
            violated(invariant, subject, expected, found);
        }
    }

    void figure(Invariant invariant, String name, Object value) {
        byInvariant.get(invariant).figures.put(name, value);
    }

    void notEvaluated(Invariant invariant, String reason) {
        byInvariant.get(invariant).reasonNotEvaluated = reason;
    }

    /** @param at when the snapshot was taken */
    Report report(Instant at, long events) {
        var results = byInvariant.entrySet().stream().map(each -> each.getValue().result(each.getKey())).toList();
        long violations = results.stream().mapToLong(Report.Result::violations).sum();
        return new Report(at, violations == 0, events, violations, results);
    }
}
