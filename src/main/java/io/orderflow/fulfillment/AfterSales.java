package io.orderflow.fulfillment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.inventory.event.StockReturned;
import io.orderflow.order.command.ReportWaiting;
import io.orderflow.order.event.GoodsReturned;
import io.orderflow.order.event.Matter;
import io.orderflow.order.event.ResumptionRequested;
import io.orderflow.order.event.ReturnClosed;
import io.orderflow.payment.event.PaymentPending;
import io.orderflow.payment.event.PaymentRefunded;
import io.orderflow.payment.event.PaymentUncertain;
import io.orderflow.payment.event.RefundFailed;
import io.orderflow.payment.event.RefundPostponed;
import io.orderflow.payment.event.RefundRequested;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Saga;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Sees to what comes back of an order, whether the order has ended or not: goods to stock, money to the customer. It
 * begins with the first return or refund, ends when all are settled, and begins again when one is not so after all.
 */
@Saga
@StoredAs("fulfillment.AfterSales")
@Revision("1")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public class AfterSales implements Led {

    private static final Logger LOG = LoggerFactory.getLogger(AfterSales.class);
    private static final String ORDER = "orderId";
    private static final int COMMAND_SECONDS = 10;

    @Autowired
    private transient CommandGateway commands;
    @Autowired
    private transient DeadlineManager deadlines;
    @Autowired
    private transient FulfillmentDeadlines durations;

    private AfterSalesProgress progress;
    private Reminder reminder = new Reminder();
    private Awaited awaited;
    private WaitingOn reported;

    @StartSaga
    @SagaEventHandler(associationProperty = ORDER)
    void on(GoodsReturned returned, @Timestamp Instant at) {
        proceed(progressOf(returned.orderId()).returned(returned), at);
    }

    @StartSaga
    @SagaEventHandler(associationProperty = ORDER)
    void on(RefundPostponed postponed, @Timestamp Instant at) {
        progressOf(postponed.orderId()).refundPostponed(postponed.refundId());
        proceed(List.of(), at);
    }

    @StartSaga
    @SagaEventHandler(associationProperty = ORDER)
    void on(RefundRequested requested, @Timestamp Instant at) {
        progressOf(requested.orderId()).refundRequested(requested.refundId(), requested.operationId());
        proceed(List.of(), at);
    }

    /** Starts, too: a bank may send back what was settled long ago. */
    @StartSaga
    @SagaEventHandler(associationProperty = ORDER)
    void on(RefundFailed failed, @Timestamp Instant at) {
        progressOf(failed.orderId()).refundFailed(failed.refundId(), failed.last());
        proceed(List.of(), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentRefunded refunded, @Timestamp Instant at) {
        proceed(progress.refunded(refunded.refundId()), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentUncertain uncertain, @Timestamp Instant at) {
        progress.uncertain(uncertain.operationId());
        proceed(List.of(), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentPending pending, @Timestamp Instant at) {
        progress.pending(pending.operationId());
        proceed(List.of(), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(StockReturned returned, @Timestamp Instant at) {
        proceed(progress.stocked(returned.returnId(), returned.sku(), returned.damaged()), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(ReturnClosed closed, @Timestamp Instant at) {
        proceed(progress.closed(closed.returnId()), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(ResumptionRequested requested, @Timestamp Instant at) {
        reminder.restart(deadlines, durations);
        progress.stuck(false);
        askAgain(at);
    }

    @DeadlineHandler(deadlineName = FulfillmentDeadlines.RETURN_OVERDUE)
    void onReturnOverdue(Overdue overdue, @Timestamp Instant at) {
        if (reminder.hasFired(overdue)) {
            reminder.set(deadlines, durations);
            askAgain(at);
        }
    }

    private AfterSalesProgress progressOf(OrderId orderId) {
        if (progress == null) {
            progress = new AfterSalesProgress(orderId);
        }
        return progress;
    }

    private void proceed(List<Object> next, Instant at) {
        if (progress.isOver()) {
            end();
        } else {
            report(at);
            if (!sendAll(next)) {
                progress.stuck(true);
                report(at);
            }
        }
    }

    private void askAgain(Instant at) {
        report(at);
        progress.stuck(!sendAll(progress.outstanding()));
        report(at);
    }

    private void report(Instant at) {
        Awaited now = progress.awaited();
        if (now == Awaited.CLOSING) {
            return;
        }
        boolean news = now != awaited;
        if (news) {
            awaited = now;
            reminder.restart(deadlines, durations);
        }
        say(now.since(news ? at : reported.since(), reminder.due()));
    }

    private void say(WaitingOn waitingOn) {
        if (waitingOn == null || !waitingOn.equals(reported)) {
            reported = waitingOn;
            commands.sendAndWait(new ReportWaiting(progress.orderId(), Matter.AFTER_SALES, waitingOn),
                    COMMAND_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Tries all of them, and tells whether none needs somebody to look at it. */
    private boolean sendAll(List<Object> next) {
        boolean well = true;
        for (Object command : next) {
            well &= isSent(command);
        }
        return well;
    }

    /** Trouble that passes ends the batch: the event stays and is handled again. What does not pass needs somebody. */
    private boolean isSent(Object command) {
        try {
            commands.sendAndWait(command, COMMAND_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (RuntimeException failure) {
            if (!Trouble.isLasting(failure)) {
                throw failure;
            }
            LOG.error("Order {}: {} failed", progress.orderId(), command, failure);
            return false;
        }
    }

    @Override
    public boolean hasBegun() {
        return progress != null;
    }

    private void end() {
        say(null);
        reminder.callOff(deadlines);
        SagaLifecycle.end();
    }
}
