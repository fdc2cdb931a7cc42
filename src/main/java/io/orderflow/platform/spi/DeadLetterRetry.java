package io.orderflow.platform.spi;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.EnqueueDecision;

/** Marks and counts the retries of dead letters. */
public final class DeadLetterRetry {

    /** Metadata key of a retried event, which is handled although its sequence is parked. */
    public static final String MARK = "dead-letter-retry";

    private static final String COUNT = "retries";

    private DeadLetterRetry() {
    }

    /** Puts a letter that failed again back in its place. */
    public static EnqueueDecision<EventMessage<?>> failed(DeadLetter<? extends EventMessage<?>> letter,
            Throwable cause) {
        int retries = count(letter.diagnostics());
        return Decisions.requeue(cause, parked -> parked.diagnostics().and(COUNT, retries + 1));
    }

    /** The number of retries in the diagnostics of a letter. */
    public static int count(MetaData diagnostics) {
        return ((Number) diagnostics.getOrDefault(COUNT, 0)).intValue();
    }
}
