package io.orderflow.fulfillment;

import org.axonframework.deadline.DeadlineManager;

/** The deadline of after-sales, which runs as long as anything is awaited; each time in vain it waits longer. */
final class Reminder extends OneDeadline {

    /** Begins anew, as patient as at first, because something else is awaited now. */
    void restart(DeadlineManager deadlines, FulfillmentDeadlines durations) {
        beginAnew();
        set(deadlines, durations);
    }

    void set(DeadlineManager deadlines, FulfillmentDeadlines durations) {
        schedule(deadlines, FulfillmentDeadlines.RETURN_OVERDUE,
                durations.due(FulfillmentDeadlines.RETURN_OVERDUE, attempts()));
    }
}
