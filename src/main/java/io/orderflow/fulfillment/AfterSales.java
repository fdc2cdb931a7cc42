package io.orderflow.fulfillment;

import io.orderflow.order.command.ReportAfterSalesWait;
import io.orderflow.order.event.GoodsReturned;
import io.orderflow.order.event.ResumptionRequested;
import io.orderflow.order.event.ReturnClosed;
import io.orderflow.payment.event.PaymentPending;
import io.orderflow.payment.event.PaymentRefunded;
import io.orderflow.payment.event.PaymentUncertain;
import io.orderflow.payment.event.RefundFailed;
import io.orderflow.payment.event.RefundPostponed;
import io.orderflow.payment.event.RefundRequested;
import io.orderflow.inventory.event.StockReturned;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.spring.stereotype.Saga;
import org.jspecify.annotations.Nullable;

/**
 * Handles the returns and refunds of an order, whether the order has ended or not: goods to stock, money to the
 * customer. Begins with the first of them, ends when all are settled, and begins again with the next.
 */
@Saga
@StoredAs("fulfillment.AfterSales")
public class AfterSales extends OrderSaga {

    private @Nullable AfterSalesProgress progress;

    @StartSaga
    @SagaEventHandler(associationProperty = ORDER)
    void on(GoodsReturned returned, @Timestamp Instant at) {
        follow(progressOf(returned.orderId()).returned(returned), at);
    }

    @StartSaga
    @SagaEventHandler(associationProperty = ORDER)
    void on(RefundPostponed postponed, @Timestamp Instant at) {
        progressOf(postponed.orderId()).refundPostponed(postponed.refundId());
        follow(List.of(), at);
    }

    @StartSaga
    @SagaEventHandler(associationProperty = ORDER)
    void on(RefundRequested requested, @Timestamp Instant at) {
        progressOf(requested.orderId()).refundRequested(requested.refundId(), requested.operationId());
        follow(List.of(), at);
    }

    /** Begins a saga, too: a bank may return a refund that was settled long ago. */
    @StartSaga
    @SagaEventHandler(associationProperty = ORDER)
    void on(RefundFailed failed, @Timestamp Instant at) {
        progressOf(failed.orderId()).refundFailed(failed.refundId(), failed.last());
        follow(List.of(), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentRefunded refunded, @Timestamp Instant at) {
        follow(progress.refunded(refunded.refundId()), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentUncertain uncertain, @Timestamp Instant at) {
        progress.uncertain(uncertain.operationId());
        follow(List.of(), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentPending pending, @Timestamp Instant at) {
        progress.pending(pending.operationId());
        follow(List.of(), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(StockReturned returned, @Timestamp Instant at) {
        follow(progress.stocked(returned.returnId(), returned.sku(), returned.damaged()), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(ReturnClosed closed, @Timestamp Instant at) {
        follow(progress.closed(closed.returnId()), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(ResumptionRequested requested, @Timestamp Instant at) {
        deadline().resetAttempts();
        progress.stepFailed(false);
        resume(at);
    }

    @Override
    void onOverdue(Instant at) {
        wakeAt(nextDue());
        repeat(at);
    }

    private AfterSalesProgress progressOf(OrderId orderId) {
        if (progress == null) {
            progress = new AfterSalesProgress(orderId);
        }
        return progress;
    }

    private void follow(List<Object> next, Instant at) {
        if (progress.isOver()) {
            report(null);
            end();
        } else {
            proceed(next, at);
        }
    }

    @Override
    Instant nextDue() {
        return durations().due(Deadline.RETURN_OVERDUE, deadline().attempts());
    }

    @Override
    @Nullable AfterSalesProgress process() {
        return progress;
    }

    @Override
    Object report(OrderId order, @Nullable WaitingOn waitingOn) {
        return new ReportAfterSalesWait(order, waitingOn);
    }
}
