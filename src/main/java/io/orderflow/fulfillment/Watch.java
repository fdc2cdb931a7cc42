package io.orderflow.fulfillment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.time.Instant;
import org.axonframework.deadline.DeadlineManager;

/** Which phase of an order is watched, and by which deadline: there is always one while the order is open. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class Watch {

    /** After so many questions without an answer somebody has to look. */
    private static final int PATIENCE = 5;

    private Phase phase;
    private Alarm alarm;
    private int rounds;
    private int attempts;

    /** Whether this phase is new; then its own deadline has to be set. */
    boolean turnsTo(Phase next) {
        boolean turns = phase != next;
        if (turns) {
            phase = next;
            attempts = 0;
        }
        return turns;
    }

    /** @param captureBefore when staff can no longer dispatch, so that nothing is gained by waiting longer; or null */
    void set(DeadlineManager deadlines, FulfillmentDeadlines durations, Instant captureBefore) {
        callOff(deadlines);
        rounds++;
        Instant due = durations.due(phase.deadline, attempts);
        boolean expires = captureBefore != null && phase.deadline.equals(FulfillmentDeadlines.DISPATCH_OVERDUE)
                && !captureBefore.isAfter(due);
        schedule(deadlines, expires ? FulfillmentDeadlines.CAPTURE_BEFORE : phase.deadline,
                expires ? captureBefore : due);
    }

    private void schedule(DeadlineManager deadlines, String deadline, Instant due) {
        alarm = new Alarm(deadline, deadlines.schedule(due, deadline, new Overdue(rounds)), rounds, due);
    }

    void callOff(DeadlineManager deadlines) {
        if (alarm != null) {
            deadlines.cancelSchedule(alarm.deadline(), alarm.scheduleId());
            alarm = null;
        }
    }

    /** A deadline may fire twice, or after it was called off: only the one that runs counts, and only once. */
    boolean hasFired(Overdue overdue) {
        boolean running = alarm != null && alarm.round() == overdue.round();
        if (running) {
            alarm = null;
            attempts++;
        }
        return running;
    }

    /** How often the deadline of this phase has fired. */
    int attempts() {
        return attempts;
    }

    boolean isOutOfPatience() {
        return attempts >= PATIENCE;
    }

    /** UTC; null between two deadlines. */
    Instant due() {
        return alarm == null ? null : alarm.due();
    }
}
