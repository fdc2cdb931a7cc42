package io.orderflow.platform.messaging;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.messaging.deadletter.Cause;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/** Logs each event that is parked with its cause, once; not those behind it, nor what is tried again in vain. */
final class LoggedDeadLetterQueue extends JdbcSequencedDeadLetterQueue<EventMessage<?>> {

    private static final Logger LOG = LoggerFactory.getLogger(LoggedDeadLetterQueue.class);

    private final String group;

    LoggedDeadLetterQueue(String group, Builder<EventMessage<?>> queue) {
        super(queue.processingGroup(group));
        this.group = group;
    }

    @Override
    public void enqueue(Object sequence, DeadLetter<? extends EventMessage<?>> letter) {
        super.enqueue(sequence, letter);
        letter.cause().ifPresent(cause -> afterCommit(() -> LOG.warn(
                "{} could not handle {} {} of {}, which is parked with all that follow it there: {}", group,
                letter.message().getPayloadType().getSimpleName(), letter.message().getIdentifier(), sequence,
                rootOf(cause))));
    }

    /** What is rolled back is parked again when the batch is repeated. */
    private static void afterCommit(Runnable work) {
        CurrentUnitOfWork.ifStarted(unit -> unit.afterCommit(done -> work.run()));
        if (!CurrentUnitOfWork.isStarted()) {
            work.run();
        }
    }

    /** On one line, as statements of SQL are not. */
    private static String rootOf(Cause cause) {
        String root = cause instanceof Throwable thrown && thrown.getCause() != null
                ? NestedExceptionUtils.getMostSpecificCause(thrown).toString() : cause.type() + ": " + cause.message();
        return root.replaceAll("\\s+", " ");
    }
}
