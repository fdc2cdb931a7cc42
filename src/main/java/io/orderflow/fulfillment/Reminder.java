package io.orderflow.fulfillment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.time.Instant;
import org.axonframework.deadline.DeadlineManager;

/** The one deadline of after-sales, which runs as long as anything is awaited; each time in vain it waits longer. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class Reminder {

    private Alarm alarm;
    private int rounds;
    private int attempts;

    /** Begins anew, as patient as at first, because something else is awaited now. */
    void restart(DeadlineManager deadlines, FulfillmentDeadlines durations) {
        attempts = 0;
        set(deadlines, durations);
    }

    void set(DeadlineManager deadlines, FulfillmentDeadlines durations) {
        callOff(deadlines);
        rounds++;
        Instant due = durations.due(FulfillmentDeadlines.RETURN_OVERDUE, attempts);
        alarm = new Alarm(FulfillmentDeadlines.RETURN_OVERDUE, deadlines.schedule(due,
                FulfillmentDeadlines.RETURN_OVERDUE, new Overdue(rounds)), rounds, due);
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

    /** UTC; null between two deadlines. */
    Instant due() {
        return alarm == null ? null : alarm.due();
    }
}
