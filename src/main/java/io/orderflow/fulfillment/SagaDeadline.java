package io.orderflow.fulfillment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.time.Instant;
import org.axonframework.deadline.DeadlineManager;
import org.jspecify.annotations.Nullable;

/**
 * The one deadline of a saga, re-armed lazily: the scheduled task may fire before the deadline is due and is then
 * scheduled again for the rest. The next deadline of an order is nearly always later than the one before, so that
 * hardly any task has to be cancelled.
 */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class SagaDeadline {

    static final String NAME = "overdue";

    /**
     * A deadline that the scheduler will fire.
     *
     * @param id  under which it can be cancelled
     * @param due when it fires, UTC
     */
    record ScheduledDeadline(String id, Instant due) {
    }

    private @Nullable ScheduledDeadline scheduled;
    private @Nullable Instant due;
    private int attempts;

    /** Keeps a task that is scheduled for an earlier time. */
    void set(DeadlineManager deadlines, Instant due) {
        this.due = due;
        if (scheduled == null || scheduled.due().isAfter(due)) {
            schedule(deadlines);
        }
    }

    /** Schedules it in any case: the task may have been lost. */
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

    /** A deadline may fire twice, or after it was cancelled: only the scheduled task counts, once it is due. */
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

    /** How often it has passed since the saga entered its phase. */
    int attempts() {
        return attempts;
    }

    void resetAttempts() {
        attempts = 0;
    }

    /** When the saga acts next by itself, UTC; null before the first one is set. */
    @Nullable Instant due() {
        return due;
    }

    /** The task that wakes the saga next; null when there is none. */
    @Nullable ScheduledDeadline scheduled() {
        return scheduled;
    }
}
