package io.orderflow.fulfillment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** What the sagas of an order share: sending commands, reporting what the order waits for, and one deadline. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
abstract class OrderSaga {

    /** The property by which events are associated with a saga, whose id is the same. */
    static final String ORDER = "orderId";

    private static final Logger LOG = LoggerFactory.getLogger(OrderSaga.class);
    private static final int COMMAND_SECONDS = 10;
    /** A command and its event have different times, perhaps by two clocks. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    @Autowired
    private transient CommandGateway commands;
    @Autowired
    private transient DeadlineManager deadlines;
    @Autowired
    private transient FulfillmentDeadlines durations;
    /** While past events are replayed nothing is sent and no deadline is set. */
    private transient boolean replaying;

    private @Nullable WaitingOn waitingOn;
    /** The phase for which the deadline was set. */
    private @Nullable String phase;
    private SagaDeadline deadline = new SagaDeadline();

    /** Null until the event that begins it is handled. */
    abstract @Nullable OrderProcess process();

    abstract Instant nextDue();

    abstract void onOverdue(Instant at);

    abstract Object report(OrderId order, @Nullable WaitingOn waitingOn);

    /** The wait that the order was last given, by an event or by a report. */
    final @Nullable WaitingOn waitingOn() {
        return waitingOn;
    }

    final @Nullable String phase() {
        return phase;
    }

    final SagaDeadline deadline() {
        return deadline;
    }

    final FulfillmentDeadlines durations() {
        return durations;
    }

    @DeadlineHandler(deadlineName = SagaDeadline.NAME)
    void on(DeadlinePayload fired, @Timestamp Instant at) {
        if (deadline.hasPassed(fired, deadlines)) {
            onOverdue(at);
        }
    }

    final void wakeAt(Instant due) {
        if (!replaying) {
            deadline.set(deadlines, due);
        }
    }

    /** @return whether it is in another phase than before, whose deadline is set */
    final boolean hasEnteredPhase() {
        var now = process().phase();
        if (now == null || now.name().equals(phase)) {
            return false;
        }
        phase = now.name();
        deadline.resetAttempts();
        wakeAt(nextDue());
        return true;
    }

    /** Notes what a command or a fact states about the wait; it is reported only if a later report has replaced it. */
    final void note(Code code, Instant at) {
        var stated = new WaitingOn(code, at, deadline.due());
        if (isReplaced(at)) {
            report(stated);
        }
        waitingOn = stated;
    }

    /** Notes what a fact states about the wait, unless a later report has replaced it. */
    final void note(WaitFact fact, Instant at) {
        if (!isReplaced(at)) {
            waitingOn = fact.waitingOn(waitingOn, at);
        }
    }

    /** Reports the deadline of this saga when a fact, which cannot know it, has stated a later one. */
    final void shorten(@Nullable WaitingOn stated, Instant at) {
        Instant due = deadline.due();
        if (!replaying && stated != null && stated.deadline() != null && due != null
                && stated.deadline().isAfter(due.plus(TOLERANCE))) {
            waitingOn = stated;
            reportDeadline(at);
        }
    }

    private boolean isReplaced(Instant stated) {
        return waitingOn != null && stated.isBefore(waitingOn.since());
    }

    /** Reports what is awaited unless the order states it already, then sends the commands. */
    final void proceed(List<?> next, Instant at) {
        reportWait(at);
        if (!areSent(next)) {
            process().stepFailed(true);
            reportWait(at);
        }
    }

    /** Schedules the deadline anew, which may have been lost, and repeats the outstanding commands. */
    final void resume(Instant at) {
        deadline.renew(deadlines, nextDue());
        repeat(at);
    }

    /** Reports what is awaited until the next deadline, and sends the outstanding commands again. */
    final void repeat(Instant at) {
        reportDeadline(at);
        process().stepFailed(!areSent(outstanding()));
        reportWait(at);
    }

    final List<Object> outstanding() {
        return process().outstanding(waitingOn);
    }

    /** Reports what is awaited with the deadline that is set now. */
    final void reportDeadline(Instant at) {
        Code now = process().awaited();
        if (now != null) {
            boolean isSame = waitingOn != null && waitingOn.code() == now;
            // Staff decides about a failed refund: nothing is repeated at the deadline.
            report(new WaitingOn(now, isSame ? waitingOn.since() : at,
                    now == Code.REFUND_FAILED ? null : deadline.due()));
        }
    }

    private void reportWait(Instant at) {
        hasEnteredPhase();
        if (waitingOn == null || waitingOn.code() != process().awaited()) {
            reportDeadline(at);
        }
    }

    final void report(@Nullable WaitingOn next) {
        boolean isChanged = !Objects.equals(next, waitingOn);
        waitingOn = next;
        if (isChanged && !replaying) {
            commands.sendAndWait(report(process().orderId(), next), COMMAND_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Reports that staff has to act because an event of the order is parked as a dead letter. */
    final void reportParked(OrderId order) {
        waitingOn = new WaitingOn(Code.STEP_FAILED, durations.now(), null);
        commands.sendAndWait(report(order, waitingOn), COMMAND_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Sends all, also after a lasting failure. A transient one ends the batch: the event is handled again.
     *
     * @return false when one failed and would fail again
     */
    private boolean areSent(List<?> next) {
        boolean sent = true;
        for (Object command : replaying ? List.of() : next) {
            sent &= isSent(command);
        }
        return sent;
    }

    private boolean isSent(Object command) {
        try {
            commands.sendAndWait(command, COMMAND_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (RuntimeException failure) {
            if (!FailureClassifier.isLasting(failure)) {
                throw failure;
            }
            LOG.error("Order {} cannot go on: {} failed", process().orderId(), command, failure);
            return false;
        }
    }

    /** Has past events handled again without their effects. */
    final boolean silently(Callable<Boolean> replay) throws Exception {
        replaying = true;
        try {
            return replay.call();
        } finally {
            replaying = false;
        }
    }

    final void end() {
        deadline.cancel(deadlines);
        SagaLifecycle.end();
    }
}
