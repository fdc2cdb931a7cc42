package io.orderflow.fulfillment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.time.Instant;
import org.axonframework.deadline.DeadlineManager;

/**
 * The one deadline of a saga, re-armed lazily: what is scheduled may fire before the deadline is due and is then
 * scheduled anew for the rest. The next deadline of an order is nearly always later than the one before, so that hardly
 * any has to be cancelled.
 */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class SagaDeadline {

    static final String NAME = "overdue";

    private ScheduledDeadline scheduled;
    private Instant due;
    private int attempts;

    /** Leaves what is scheduled for an earlier time. */
    void set(DeadlineManager deadlines, Instant due) {
        this.due = due;
        if (scheduled == null || scheduled.due().isAfter(due)) {
            schedule(deadlines);
        }
    }

    /** Schedules it in any case: what seems to be scheduled may have been lost. */
    void renew(DeadlineManager deadlines, Instant due) {
        this.due = due;
        schedule(deadlines);
    }

    private void schedule(DeadlineManager deadlines) {
        cancel(deadlines);
        scheduled = new ScheduledDeadline(deadlines.schedule(due, NAME, new DeadlinePayload(due)), due);
    }

    void cancel(DeadlineManager deadlines) {
        if (scheduled != null) {
            deadlines.cancelSchedule(NAME, scheduled.id());
            scheduled = null;
        }
    }

    /** A deadline may fire twice, or after it was cancelled: only what is scheduled counts, and only once it is due. */
    boolean hasPassed(DeadlinePayload fired, DeadlineManager deadlines) {
        if (scheduled == null || !scheduled.due().equals(fired.due())) {
            return false;
        }
        scheduled = null;
        if (due.isAfter(fired.due())) {
            schedule(deadlines);
            return false;
        }
        attempts++;
        return true;
    }

    /** How often it has passed since the saga began to wait for the same. */
    int attempts() {
        return attempts;
    }

    void resetAttempts() {
        attempts = 0;
    }

    /** When the saga acts next by itself, UTC; null before the first one is set. */
    Instant due() {
        return due;
    }

    /** What wakes the saga next; null when nothing does. */
    ScheduledDeadline scheduled() {
        return scheduled;
    }
}
