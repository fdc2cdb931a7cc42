package io.orderflow.fulfillment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.time.Instant;
import org.axonframework.deadline.DeadlineManager;

/** The deadline of a saga: one at a time, and each counts once, however often and however late it fires. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
abstract class OneDeadline {

    private Alarm alarm;
    private int rounds;
    private int attempts;

    /** In the place of the one that runs. */
    void schedule(DeadlineManager deadlines, String deadline, Instant due) {
        callOff(deadlines);
        rounds++;
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

    /** How often it has fired since patience began anew. */
    int attempts() {
        return attempts;
    }

    void beginAnew() {
        attempts = 0;
    }

    /** UTC; null between two deadlines. */
    Instant due() {
        return alarm == null ? null : alarm.due();
    }
}
