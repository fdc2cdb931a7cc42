package io.orderflow.fulfillment;

import io.orderflow.inventory.event.StockRefused;
import io.orderflow.inventory.event.StockReleased;
import io.orderflow.inventory.event.StockReserved;
import io.orderflow.inventory.event.StockShipped;
import io.orderflow.order.command.ReportWait;
import io.orderflow.order.event.CancellationRequested;
import io.orderflow.order.event.OrderCancelled;
import io.orderflow.order.event.OrderCompleted;
import io.orderflow.order.event.OrderDispatched;
import io.orderflow.order.event.OrderPlaced;
import io.orderflow.order.event.OrderRejected;
import io.orderflow.order.event.ResumptionRequested;
import io.orderflow.payment.event.CaptureFailed;
import io.orderflow.payment.event.PaymentActionRequired;
import io.orderflow.payment.event.PaymentAuthorized;
import io.orderflow.payment.event.PaymentCaptured;
import io.orderflow.payment.event.PaymentDeclined;
import io.orderflow.payment.event.PaymentPending;
import io.orderflow.payment.event.PaymentReversed;
import io.orderflow.payment.event.PaymentUncertain;
import io.orderflow.payment.event.ReversalFailed;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.spring.stereotype.Saga;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;

/** Handles the events of an order, lets {@link Progress} decide, and carries that out. */
@Saga
@StoredAs("fulfillment.OrderFulfillment")
public class OrderFulfillment extends OrderSaga {

    /** After this many repetitions without success staff has to act. */
    private static final int ATTEMPTS = 5;

    @Autowired
    private transient SagaRecovery recovery;

    private @Nullable Progress progress;

    @StartSaga
    @SagaEventHandler(associationProperty = ORDER)
    void on(OrderPlaced placed, @Timestamp Instant at) {
        if (progress == null) {
            progress = new Progress(placed);
            follow(at);
        }
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(StockReserved reserved, @Timestamp Instant at) {
        follow(progress.reserved(reserved.sku()), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(StockRefused refused, @Timestamp Instant at) {
        progress.refused(refused.sku(), OrderOutcome.rejected(refused.code(),
                "%s of %s were asked for, %s could be had.".formatted(refused.quantity(), refused.sku(),
                        refused.available())));
        follow(at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentAuthorized authorized, @Timestamp Instant at) {
        progress.authorized(authorized.captureBefore());
        follow(at);
    }

    /** The customer has the full time, counted from now. */
    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentActionRequired required, @Timestamp Instant at) {
        if (progress.await(Code.PAYMENT_ACTION)) {
            wakeAt(nextDue());
            note(required, at);
            shorten(required.waitingOn(null, at), at);
            follow(at);
        }
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentPending pending, @Timestamp Instant at) {
        await(Code.PAYMENT_PENDING, pending, at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentUncertain uncertain, @Timestamp Instant at) {
        await(Code.PAYMENT_OUTCOME_UNKNOWN, uncertain, at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentDeclined declined, @Timestamp Instant at) {
        progress.declined(OrderOutcome.rejected(declined.code(), declined.detail()));
        follow(at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(CancellationRequested requested, @Timestamp Instant at) {
        undo(OrderOutcome.cancelled(), at);
    }

    /** Begins the saga of an order whose saga is lost, or never began, with the past events of the order. */
    @StartSaga
    @SagaEventHandler(associationProperty = ORDER)
    void on(ResumptionRequested requested, @Timestamp Instant at) throws Exception {
        if (progress == null && !silently(() -> recovery.replay(this, requested.orderId()))) {
            SagaLifecycle.end();
            return;
        }
        progress.resume();
        resume(at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentReversed reversed, @Timestamp Instant at) {
        progress.reversed();
        follow(at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(ReversalFailed failed, @Timestamp Instant at) {
        await(Code.PAYMENT_REVERSAL_FAILED, failed, at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(StockReleased released, @Timestamp Instant at) {
        progress.released(released.sku());
        follow(at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(OrderDispatched dispatched, @Timestamp Instant at) {
        List<Object> next = progress.dispatched(dispatched);
        if (!next.isEmpty()) {
            wakeAt(nextDue());
            note(progress.phase().code, at);
            if (!dispatched.last()) {
                shorten(dispatched.waits().fulfillment(), at);
            }
        }
        follow(next, at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentCaptured captured, @Timestamp Instant at) {
        progress.captured(captured.shipmentId());
        follow(at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(CaptureFailed failed, @Timestamp Instant at) {
        progress.captureFailed(failed.shipmentId());
        follow(at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(StockShipped shipped, @Timestamp Instant at) {
        progress.shipped(shipped.shipmentId(), shipped.sku());
        follow(at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(OrderCompleted completed) {
        end();
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(OrderRejected rejected) {
        end();
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(OrderCancelled cancelled) {
        end();
    }

    @Override
    void onOverdue(Instant at) {
        switch (progress.phase()) {
            case RESERVING -> undo(OrderOutcome.reservationTimeout(), at);
            case PAYING -> onPaymentOverdue(at);
            case CONFIRMED, PARTLY_DISPATCHED -> onDispatchOverdue(at);
            case SHIPPING -> askAgain(Code.SHIPPING_STUCK, at);
            case REVERSING_PAYMENT, RELEASING_STOCK, ENDING -> askAgain(Code.UNDO_STUCK, at);
        }
    }

    private void onPaymentOverdue(Instant at) {
        if (progress.awaited() == Code.PAYMENT_ACTION || durations().isGatewayPatienceOver(deadline().attempts())) {
            undo(OrderOutcome.paymentTimeout(), at);
        } else {
            progress.await(Code.PAYMENT_OVERDUE);
            wakeAt(nextDue());
            reportDeadline(at);
        }
    }

    private void onDispatchOverdue(Instant at) {
        List<Object> next = progress.isAuthorizationExpired(at) ? progress.expired(at) : List.of();
        progress.await(Code.DISPATCH_OVERDUE);
        wakeAt(nextDue());
        reportDeadline(at);
        proceed(next, at);
    }

    private void askAgain(Code stuck, Instant at) {
        wakeAt(nextDue());
        if (deadline().attempts() >= ATTEMPTS) {
            progress.await(stuck);
        }
        repeat(at);
    }

    /** Ends an order that is not ending yet, as far as it can be undone. */
    void undo(OrderOutcome outcome, Instant at) {
        progress.undo(outcome);
        follow(at);
    }

    /** A payment that was never requested need not be reversed. */
    void presumeNoPayment(Instant at) {
        if (progress.phase() == Phase.REVERSING_PAYMENT) {
            progress.reversed();
            follow(at);
        }
    }

    private void await(Code code, WaitFact statedBy, Instant at) {
        progress.await(code);
        note(statedBy, at);
        follow(at);
    }

    private void follow(Instant at) {
        follow(List.of(), at);
    }

    /** The first command or event of each phase states its wait. */
    private void follow(List<Object> next, Instant at) {
        boolean isEntered = hasEnteredPhase();
        if (isEntered) {
            note(progress.phase().code, at);
        }
        proceed(isEntered && next.isEmpty() ? outstanding() : next, at);
    }

    @Override
    Instant nextDue() {
        Deadline deadline = progress.phase().deadline;
        Instant due = durations().due(deadline, deadline().attempts());
        return deadline == Deadline.DISPATCH_OVERDUE && progress.isAuthorizationExpired(due)
                ? progress.captureBefore() : due;
    }

    @Override
    @Nullable Progress process() {
        return progress;
    }

    @Override
    Object report(OrderId order, @Nullable WaitingOn waitingOn) {
        return new ReportWait(order, waitingOn);
    }
}
