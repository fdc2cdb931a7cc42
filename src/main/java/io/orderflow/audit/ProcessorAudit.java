package io.orderflow.audit;

import java.time.Duration;
import java.time.Instant;

/** P2 for one processor: how much of the store it has yet to handle. */
final class ProcessorAudit {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String processor;
    private final Position position;
    private final RawStore.Parked parked;
    private long behind;
    private StoredFact oldestUnhandled;

    /** @param position null when it has no token */
    ProcessorAudit(String processor, Position position, RawStore.Parked parked) {
        this.processor = processor;
        this.position = position;
        this.parked = parked;
    }

    String processor() {
        return processor;
    }

    /** @return whether the processor has handled it, and not parked it */
    boolean hasHandled(StoredFact event) {
        if (position == null || !position.covers(event.index())) {
            behind++;
            oldestUnhandled = oldestUnhandled == null ? event : oldestUnhandled;
            return false;
        }
        return !parked.events().contains(event.key());
    }

    /** @param now null when the application does not run, so that nobody can be late */
    void judge(long head, Instant now, Findings findings) {
        if (position == null) {
            findings.violated(Invariant.P2, processor, "a token", "none");
            return;
        }
        if (position.index() > head) {
            findings.violated(Invariant.P2, processor, "at event %s at most".formatted(head),
                    "at event " + position.index());
        }
        if (now != null && oldestUnhandled != null && oldestUnhandled.at().plus(PATIENCE).isBefore(now)) {
            findings.violated(Invariant.P2, processor, "event %s of %s handled".formatted(oldestUnhandled.index(),
                    oldestUnhandled.time()), "%s events behind".formatted(behind));
        }
        findings.figure(Invariant.P2, processor, "%s behind, %s parked".formatted(behind, parked.events().size()));
    }
}
