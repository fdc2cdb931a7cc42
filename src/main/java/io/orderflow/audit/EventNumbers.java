package io.orderflow.audit;

import io.orderflow.shared.StoredAs;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** E1: no event of an aggregate is missing, and all are of a known type. */
final class EventNumbers {

    private final Set<String> knownTypes = knownTypes();
    private final Map<String, Long> last = new HashMap<>();
    private final Set<String> unknownTypes = new HashSet<>();
    private final Set<String> incomplete = new HashSet<>();
    private final Findings findings;
    private long events;

    EventNumbers(Findings findings) {
        this.findings = findings;
    }

    void on(EventRow event) {
        events++;
        String aggregate = event.aggregateId();
        Long previous = last.put(aggregate, event.sequence());
        if (event.sequence() != (previous == null ? 0 : previous + 1) && incomplete.add(aggregate)) {
            findings.violated(Invariant.E1, aggregate,
                    "the event before number %s, %s".formatted(event.sequence(), event.type()), "none");
        }
        if (!knownTypes.contains(event.type()) && unknownTypes.add(event.type())) {
            findings.violated(Invariant.E1, event.type(), "a known event type", "an unknown one");
        }
    }

    void judge() {
        findings.figure(Invariant.E1, "events", events);
        findings.figure(Invariant.E1, "aggregates", last.size());
    }

    private static Set<String> knownTypes() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(StoredAs.class));
        return scanner.findCandidateComponents("io.orderflow.*.event").stream()
                .map(found -> ClassUtils.resolveClassName(found.getBeanClassName(), null))
                .map(type -> type.getAnnotation(StoredAs.class).value()).collect(Collectors.toUnmodifiableSet());
    }
}
