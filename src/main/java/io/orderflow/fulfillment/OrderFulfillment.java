package io.orderflow.fulfillment;

import io.orderflow.inventory.event.StockRefused;
import io.orderflow.inventory.event.StockReleased;
import io.orderflow.inventory.event.StockReserved;
import io.orderflow.inventory.event.StockShipped;
import io.orderflow.order.event.CancellationRequested;
import io.orderflow.order.event.Matter;
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
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import io.orderflow.shared.WaitingOn.Party;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.spring.stereotype.Saga;
import org.springframework.beans.factory.annotation.Autowired;

/** Takes the events of an order, lets {@link Progress} decide, and carries it out: commands, deadlines, waits. */
@Saga
@StoredAs("fulfillment.OrderFulfillment")
public class OrderFulfillment extends OrderSaga {

    /** What resuming may cure; any other wait stays as it is. */
    private static final Set<Code> STUCK = Set.of(Code.STEP_FAILED, Code.UNDO_STUCK, Code.SHIPPING_STUCK);
    /** After so many attempts in vain staff has to look at it. */
    private static final int ATTEMPTS = 5;

    @Autowired
    private transient SagaRecovery recovery;
    /** While past events are told again, which were acted upon long ago, nothing is sent and no deadline is set. */
    private transient boolean recovering;

    private Progress progress;
    /** The phase for which the deadline was set. */
    private Phase phase;

    @StartSaga
    @SagaEventHandler(associationProperty = ORDER)
    void on(OrderPlaced placed, @Timestamp Instant at) {
        if (progress == null) {
            progress = new Progress(placed);
            proceed(progress.outstanding(), at);
        }
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(StockReserved reserved, @Timestamp Instant at) {
        proceed(progress.reserved(reserved.sku(), waitingOn(Phase.PAYING, at)), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(StockRefused refused, @Timestamp Instant at) {
        proceed(progress.refused(refused.sku(), OrderOutcome.rejected(refused.code(),
                "%s of %s were asked for, %s could be had.".formatted(refused.quantity(), refused.sku(),
                        refused.available()))), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentAuthorized authorized, @Timestamp Instant at) {
        proceed(progress.authorized(waitingOn(Phase.CONFIRMED, at), authorized.captureBefore()), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentActionRequired required, @Timestamp Instant at) {
        if (progress.phase() == Phase.PAYING && !progress.isCustomersTurn()) {
            progress.customersTurn(true);
            setDeadline();
            report(Code.PAYMENT_ACTION, at);
        }
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentPending pending, @Timestamp Instant at) {
        if (progress.phase() == Phase.PAYING) {
            progress.customersTurn(false);
            report(Code.PAYMENT_PENDING, at);
        }
    }

    /** Whoever waits on staff does not wait less for it. */
    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentUncertain uncertain, @Timestamp Instant at) {
        if (progress.phase().code.party() == Party.GATEWAY && !isForStaff()) {
            report(Code.PAYMENT_OUTCOME_UNKNOWN, at);
        }
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentDeclined declined, @Timestamp Instant at) {
        proceed(progress.declined(OrderOutcome.rejected(declined.code(), declined.detail())), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(CancellationRequested requested, @Timestamp Instant at) {
        proceed(progress.undo(OrderOutcome.cancelled()), at);
    }

    /**
     * Reports the wait again, with a deadline that is scheduled in any case, and sends all outstanding commands. Begins
     * the saga of an order whose saga is lost, or never began, with what has happened to the order so far.
     */
    @StartSaga
    @SagaEventHandler(associationProperty = ORDER)
    void on(ResumptionRequested requested, @Timestamp Instant at) throws Exception {
        if (progress == null && !recover(requested.orderId())) {
            SagaLifecycle.end();
            return;
        }
        wakeAnewAt(nextDue());
        WaitingOn before = reported();
        note(null);
        if (before != null && !STUCK.contains(before.code())) {
            report(before.code(), at);
        } else if (progress.isCustomersTurn()) {
            report(Code.PAYMENT_ACTION, at);
        } else {
            report(progress.phase().code, at);
        }
        progress.outstanding().forEach(command -> send(command, at));
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentReversed reversed, @Timestamp Instant at) {
        proceed(progress.reversed(), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(ReversalFailed failed, @Timestamp Instant at) {
        report(Code.PAYMENT_REVERSAL_FAILED, at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(StockReleased released, @Timestamp Instant at) {
        proceed(progress.released(released.sku()), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(OrderDispatched dispatched, @Timestamp Instant at) {
        proceed(progress.dispatched(dispatched), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentCaptured captured, @Timestamp Instant at) {
        Phase before = progress.phase();
        proceed(progress.captured(captured.shipmentId()), at);
        if (progress.phase() == before && before != Phase.ENDING && !isForStaff()) {
            report(before.code, at);
        }
    }

    /** Whether somebody has to see to a shipment, whatever becomes of the others. */
    private boolean isForStaff() {
        return progress.isCaptureFailed() || reported() != null && reported().code() == Code.STEP_FAILED;
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(CaptureFailed failed, @Timestamp Instant at) {
        progress.captureFailed(failed.shipmentId());
        report(Code.PAYMENT_CAPTURE_FAILED, at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(StockShipped shipped, @Timestamp Instant at) {
        proceed(progress.shipped(shipped.shipmentId(), shipped.sku()), at);
    }

    /** Ends on facts: only once the order has said so itself. */
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
            case RESERVING -> proceed(progress.undo(OrderOutcome.reservationTimeout()), at);
            case PAYING -> onPaymentOverdue(at);
            case CONFIRMED, PARTLY_DISPATCHED -> onDispatchOverdue(at);
            case SHIPPING -> askAgain(Code.SHIPPING_STUCK, at);
            case REVERSING_PAYMENT, RELEASING_STOCK, ENDING -> askAgain(Code.UNDO_STUCK, at);
        }
    }

    private void onPaymentOverdue(Instant at) {
        if (progress.isCustomersTurn() || durations().isGatewayPatienceOver(deadline().attempts())) {
            proceed(progress.undo(OrderOutcome.paymentTimeout()), at);
        } else {
            setDeadline();
            report(Code.PAYMENT_OVERDUE, at);
        }
    }

    private void onDispatchOverdue(Instant at) {
        if (progress.isAuthorizationExpired(at)) {
            onAuthorizationExpired(at);
            return;
        }
        setDeadline();
        if (isForStaff()) {
            renew(at);
        } else {
            report(Code.DISPATCH_OVERDUE, at);
        }
    }

    /** Goods under way cannot be called back: for the rest the money has to come from elsewhere. */
    private void onAuthorizationExpired(Instant at) {
        var next = progress.expired(at);
        setDeadline();
        report(Code.AUTHORIZATION_EXPIRED, at);
        next.forEach(command -> send(command, at));
    }

    /** Ends an order as far as it can be seen that it was to end, unless it is known how. */
    void presume(OrderOutcome outcome, Instant at) {
        proceed(progress.undo(outcome), at);
    }

    /** A payment that was never requested need not be reversed. */
    void presumeNoPayment(Instant at) {
        if (progress.phase() == Phase.REVERSING_PAYMENT) {
            proceed(progress.reversed(), at);
        }
    }

    private boolean recover(OrderId order) throws Exception {
        recovering = true;
        try {
            return recovery.tell(this, order);
        } finally {
            recovering = false;
        }
    }

    private void askAgain(Code stuck, Instant at) {
        setDeadline();
        if (deadline().attempts() >= ATTEMPTS && reported().party() != Party.STAFF) {
            report(stuck, at);
        } else if (reported().deadline() == null) {
            report(new WaitingOn(reported().code(), reported().since(), deadline().due()));
        }
        proceed(progress.outstanding(), at);
    }

    private void proceed(List<Object> next, Instant at) {
        if (phase != progress.phase()) {
            phase = progress.phase();
            deadline().resetAttempts();
            setDeadline();
            if (phase == Phase.SHIPPING && isForStaff()) {
                renew(at);
            } else {
                reportPhase(at);
            }
        }
        next.forEach(command -> send(command, at));
    }

    private void setDeadline() {
        if (!recovering) {
            wakeAt(nextDue());
        }
    }

    private Instant nextDue() {
        Instant due = durations().due(phase.deadline, deadline().attempts());
        return phase.deadline == Deadline.DISPATCH_OVERDUE && progress.isAuthorizationExpired(due)
                ? progress.captureBefore() : due;
    }

    private WaitingOn waitingOn(Phase phase, Instant at) {
        return new WaitingOn(phase.code, at, durations().due(phase.deadline, 0));
    }

    /** The events that begin most phases carry the wait; an order that is about to end waits on nobody. */
    private void reportPhase(Instant at) {
        switch (phase) {
            case RESERVING, SHIPPING -> note(new WaitingOn(phase.code, at, null));
            case PAYING -> note(progress.payment());
            case CONFIRMED -> note(progress.dispatch());
            case PARTLY_DISPATCHED, REVERSING_PAYMENT, RELEASING_STOCK -> report(phase.code, at);
            case ENDING -> { }
        }
    }

    /** What waits on staff goes on waiting, under another deadline. */
    private void renew(Instant at) {
        Code code = progress.isCaptureFailed() ? Code.PAYMENT_CAPTURE_FAILED : Code.STEP_FAILED;
        Instant since = reported().code() == code ? reported().since() : at;
        report(new WaitingOn(code, since, deadline().due()));
    }

    private void report(Code code, Instant at) {
        if (reported() == null || reported().code() != code) {
            var waitingOn = new WaitingOn(code, at, deadline().due());
            if (recovering) {
                note(waitingOn);
            } else {
                report(waitingOn);
            }
        }
    }

    private void send(Object command, Instant at) {
        if (!recovering && !isSent(command)) {
            report(Code.STEP_FAILED, at);
        }
    }

    @Override
    OrderId orderId() {
        return progress.orderId();
    }

    @Override
    Matter matter() {
        return Matter.FULFILLMENT;
    }

    @Override
    boolean hasBegun() {
        return progress != null;
    }

    @Override
    String phase() {
        return progress.phase().name();
    }
}
