package io.orderflow.fulfillment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.order.command.ReportWaiting;
import io.orderflow.order.event.Matter;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** What the sagas of an order share: sending commands, reporting whom the order waits on, and one deadline. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
abstract class OrderSaga {

    /** The property by which events are associated with a saga, whose id is the same. */
    static final String ORDER = "orderId";

    private static final Logger LOG = LoggerFactory.getLogger(OrderSaga.class);
    private static final int COMMAND_SECONDS = 10;

    @Autowired
    private transient CommandGateway commands;
    @Autowired
    private transient DeadlineManager deadlines;
    @Autowired
    private transient FulfillmentDeadlines durations;

    private WaitingOn reported;
    private SagaDeadline deadline = new SagaDeadline();

    abstract OrderId orderId();

    abstract Matter matter();

    /** Whether it has handled the event that begins it. */
    abstract boolean hasBegun();

    /** How far it has come. */
    abstract String phase();

    /** What the order was told last; null when it was told that nothing is awaited. */
    final WaitingOn reported() {
        return reported;
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

    abstract void onOverdue(Instant at);

    final void wakeAt(Instant due) {
        deadline.set(deadlines, due);
    }

    final void wakeAnewAt(Instant due) {
        deadline.renew(deadlines, due);
    }

    /** Notes what is awaited without telling the order, which knows or has to be told anew. */
    final void note(WaitingOn waitingOn) {
        reported = waitingOn;
    }

    final void report(WaitingOn waitingOn) {
        if (!Objects.equals(waitingOn, reported)) {
            reported = waitingOn;
            commands.sendAndWait(new ReportWaiting(orderId(), matter(), waitingOn), COMMAND_SECONDS, TimeUnit.SECONDS);
        }
    }

    /**
     * A transient failure ends the batch: the event stays and is handled again.
     *
     * @return false when it failed and would fail again, so that staff has to look at it
     */
    final boolean isSent(Object command) {
        try {
            commands.sendAndWait(command, COMMAND_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (RuntimeException failure) {
            if (!FailureClassifier.isLasting(failure)) {
                throw failure;
            }
            LOG.error("Order {} cannot go on: {} failed", orderId(), command, failure);
            return false;
        }
    }

    final void end() {
        deadline.cancel(deadlines);
        SagaLifecycle.end();
    }
}
