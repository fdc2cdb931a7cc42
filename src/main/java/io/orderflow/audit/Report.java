package io.orderflow.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.shared.Printable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of an audit.
 *
 * @param at         when the snapshot was taken
 * @param holds      whether nothing is violated
 * @param violations how many there are in all
 */
record Report(Instant at, boolean holds, long events, long violations, List<Result> invariants) {

    enum Status {
        @JsonProperty("holds") HOLDS,
        @JsonProperty("violated") VIOLATED,
        @JsonProperty("not_evaluated") NOT_EVALUATED
    }

    /**
     * The result for one invariant.
     *
     * @param reason   why it was not evaluated
     * @param figures  what was counted
     * @param evidence the first violations
     */
    record Result(String id, String title, Status status, @Nullable String reason, Map<String, Object> figures,
            long violations, List<Violation> evidence) {
    }

    /** @param subject id of an order, a payment, an operation, an SKU or an event */
    record Violation(String subject, String expected, String found) {
    }

    /** The report for a terminal or a log. */
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
