package io.orderflow.fulfillment;

import java.time.Instant;
import org.axonframework.deadline.DeadlineManager;

/** Which phase of an order is watched, and by which deadline: there is always one while the order is open. */
final class Watch extends OneDeadline {

    /** After so many questions without an answer somebody has to look. */
    private static final int PATIENCE = 5;

    private Phase phase;

    /** Whether this phase is new; then its own deadline has to be set. */
    boolean turnsTo(Phase next) {
        boolean turns = phase != next;
        if (turns) {
            phase = next;
            beginAnew();
        }
        return turns;
    }

    /** @param captureBefore when staff can no longer dispatch, so that nothing is gained by waiting longer; or null */
    void set(DeadlineManager deadlines, FulfillmentDeadlines durations, Instant captureBefore) {
        Instant due = durations.due(phase.deadline, attempts());
        boolean expires = captureBefore != null && phase.deadline.equals(FulfillmentDeadlines.DISPATCH_OVERDUE)
                && !captureBefore.isAfter(due);
        schedule(deadlines, expires ? FulfillmentDeadlines.CAPTURE_BEFORE : phase.deadline,
                expires ? captureBefore : due);
    }

    boolean isOutOfPatience() {
        return attempts() >= PATIENCE;
    }
}
