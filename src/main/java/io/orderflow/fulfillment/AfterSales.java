package io.orderflow.fulfillment;

import io.orderflow.inventory.event.StockReturned;
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
import io.orderflow.shared.WaitingOn.Code;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.spring.stereotype.Saga;

/**
 * Follows the returns and refunds of an order, whether the order has ended or not: goods to stock, money to the
 * customer. It begins with the first of them, ends when all are settled, and begins again with the next.
 */
@Saga
@StoredAs("fulfillment.AfterSales")
public class AfterSales extends OrderSaga {

    private AfterSalesProgress progress;
    private Code wait;

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

    /** Begins a saga, too: a bank may return a refund that was settled long ago. */
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
        deadline().resetAttempts();
        wakeAnewAt(nextDue());
        progress.stuck(false);
        askAgain(at);
    }

    @Override
    void onOverdue(Instant at) {
        wakeAt(nextDue());
        askAgain(at);
    }

    private AfterSalesProgress progressOf(OrderId orderId) {
        if (progress == null) {
            progress = new AfterSalesProgress(orderId);
        }
        return progress;
    }

    private void proceed(List<Object> next, Instant at) {
        if (progress.isOver()) {
            report(null);
            end();
        } else {
            reportWait(at);
            if (!areSent(next)) {
                progress.stuck(true);
                reportWait(at);
            }
        }
    }

    private void askAgain(Instant at) {
        reportWait(at);
        progress.stuck(!areSent(progress.outstanding()));
        reportWait(at);
    }

    private void reportWait(Instant at) {
        Code now = progress.awaited();
        if (now == null) {
            return;
        }
        boolean isChanged = now != wait;
        if (isChanged) {
            wait = now;
            deadline().resetAttempts();
            wakeAt(nextDue());
        }
        // Nobody asks the gateway again for what staff has to decide.
        report(new WaitingOn(now, isChanged ? at : reported().since(),
                now == Code.REFUND_FAILED ? null : deadline().due()));
    }

    private Instant nextDue() {
        return durations().due(Deadline.RETURN_OVERDUE, deadline().attempts());
    }

    /** Sends all of them, also after a failure. */
    private boolean areSent(List<Object> next) {
        boolean sent = true;
        for (Object command : next) {
            sent &= isSent(command);
        }
        return sent;
    }

    @Override
    OrderId orderId() {
        return progress.orderId();
    }

    @Override
    Matter matter() {
        return Matter.AFTER_SALES;
    }

    @Override
    boolean hasBegun() {
        return progress != null;
    }

    @Override
    String phase() {
        return wait == null ? null : wait.name();
    }
}
