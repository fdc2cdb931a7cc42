package io.orderflow.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.shared.Printable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an audit found.
 *
 * @param at         when the store was as it was read, UTC
 * @param holds      whether nothing is violated
 * @param violations how many there are in all
 */
record Report(Instant at, boolean holds, long events, long violations, List<Result> invariants) {

    /** What became of one invariant. */
    enum Status {
        @JsonProperty("holds") HOLDS,
        @JsonProperty("violated") VIOLATED,
        @JsonProperty("not_evaluated") NOT_EVALUATED
    }

    /**
     * One invariant.
     *
     * @param reason     why it was not evaluated; null when it was
     * @param figures    what was counted
     * @param violations how many there are, of which {@code evidence} shows the first
     */
    record Result(String id, String title, Status status, String reason, Map<String, Object> figures, long violations,
            List<Findings.Violation> evidence) {
    }

    static Report of(Findings findings, Instant at, long events) {
        List<Result> results = Stream.of(Invariant.values()).map(invariant -> result(invariant, findings)).toList();
        long violations = results.stream().mapToLong(Result::violations).sum();
        return new Report(at, violations == 0, events, violations, results);
    }

    private static Result result(Invariant invariant, Findings findings) {
        String reason = findings.reasonNotEvaluated(invariant);
        long count = findings.count(invariant);
        Status status = count > 0 ? Status.VIOLATED : reason == null ? Status.HOLDS : Status.NOT_EVALUATED;
        return new Result(invariant.name(), invariant.title(), status, reason, findings.figures(invariant), count,
                findings.violations(invariant));
    }

    /** For people. */
    String text() {
        var text = new StringBuilder();
        for (Result result : invariants) {
            text.append("%-13s %s %s%n".formatted(result.status().name().toLowerCase(Locale.ROOT), result.id(),
                    result.title()));
            if (result.reason() != null) {
                text.append("              %s%n".formatted(result.reason()));
            }
            if (!result.figures().isEmpty()) {
                text.append("              %s%n".formatted(result.figures()));
            }
            for (var violation : result.evidence()) {
                text.append("            ! %s%n".formatted(Printable.encode("%s: expected %s, found %s".formatted(
                        violation.subject(), violation.expected(), violation.found()))));
            }
            if (result.violations() > result.evidence().size()) {
                text.append("            ! … and %s more%n".formatted(result.violations() - result.evidence().size()));
            }
        }
        return text.append(String.format(Locale.ROOT, "%s: %,d events, %s violations%n",
                holds ? "All hold" : "NOT ALL HOLD", events, violations)).toString();
    }
}
