package io.orderflow.audit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** E1: no event of an aggregate is missing, and none is unknown to the auditor. */
final class EventNumbers implements Audit {

    private final Set<String> known;
    private final Map<String, Long> last = new HashMap<>();
    private final Map<String, String> gaps = new HashMap<>();
    private final Set<String> unknownTypes = new HashSet<>();
    private long events;

    /** @param known the names under which events may be stored */
    EventNumbers(Set<String> known) {
        this.known = known;
    }

    @Override
    public void on(StoredFact event) {
        events++;
        long expected = last.getOrDefault(event.aggregateId(), -1L) + 1;
        if (event.sequence() != expected) {
            gaps.putIfAbsent(event.aggregateId(), "number %s, %s".formatted(event.sequence(), event.type()));
        }
        last.put(event.aggregateId(), event.sequence());
        if (!known.contains(event.type())) {
            unknownTypes.add(event.type());
        }
    }

    @Override
    public void judge(Findings findings) {
        findings.figure(Invariant.E1, "events", events);
        findings.figure(Invariant.E1, "aggregates", last.size());
        gaps.forEach((aggregate, next) -> findings.violated(Invariant.E1, aggregate,
                "the event before " + next, "it is missing"));
        unknownTypes.forEach(type -> findings.violated(Invariant.E1, type, "a type that the auditor knows", "it does not"));
    }
}
