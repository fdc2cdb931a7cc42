package io.orderflow.fulfillment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.inventory.event.StockRefused;
import io.orderflow.inventory.event.StockReleased;
import io.orderflow.inventory.event.StockReserved;
import io.orderflow.inventory.event.StockShipped;
import io.orderflow.order.command.ReportWaiting;
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
import io.orderflow.shared.WaitingOn.Party;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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

/** Hears what happened to an order, lets {@link Progress} decide, and does it: commands, deadlines, what is awaited. */
@Saga
@StoredAs(OrderFulfillment.STORED_AS)
@Revision("1")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public class OrderFulfillment implements Led {

    static final String STORED_AS = "fulfillment.OrderFulfillment";
    static final String ORDER = "orderId";

    private static final Logger LOG = LoggerFactory.getLogger(OrderFulfillment.class);
    private static final int COMMAND_SECONDS = 10;
    private static final String STEP_FAILED = "step_failed";
    private static final String CAPTURE_FAILED = "payment_capture_failed";
    /** What a push may cure; whatever else is awaited is awaited as before. */
    private static final Set<String> STUCK = Set.of(STEP_FAILED, "undo_stuck", "shipping_stuck");

    @Autowired
    private transient CommandGateway commands;
    @Autowired
    private transient DeadlineManager deadlines;
    @Autowired
    private transient FulfillmentDeadlines durations;
    @Autowired
    private transient Recollection recollection;
    /** Whether facts are heard again that were acted upon long ago. */
    private transient boolean recollects;

    private Progress progress;
    private WaitingOn reported;
    private Watch watch = new Watch();

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
        proceed(progress.reserved(reserved.sku()), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(StockRefused refused, @Timestamp Instant at) {
        proceed(progress.refused(refused.sku(), Ending.rejected(refused.code(),
                "%s of %s were asked for, %s could be had.".formatted(refused.quantity(), refused.sku(),
                        refused.available()))), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentAuthorized authorized, @Timestamp Instant at) {
        proceed(progress.authorized(new WaitingOn(Phase.CONFIRMED.party, Phase.CONFIRMED.code, at,
                durations.due(FulfillmentDeadlines.DISPATCH_OVERDUE, 0)), authorized.captureBefore()), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentActionRequired required, @Timestamp Instant at) {
        if (progress.phase() == Phase.PAYING && !progress.isCustomersTurn()) {
            progress.customersTurn(true);
            setWatch();
            report(Party.CUSTOMER, "payment_action", at);
        }
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentPending pending, @Timestamp Instant at) {
        if (progress.phase() == Phase.PAYING) {
            progress.customersTurn(false);
            report(Party.GATEWAY, "payment_pending", at);
        }
    }

    /** Whoever waits on staff does not wait less for it. */
    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentUncertain uncertain, @Timestamp Instant at) {
        if (progress.phase().party == Party.GATEWAY && !isForStaff()) {
            report(Party.GATEWAY, "payment_outcome_unknown", at);
        }
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentDeclined declined, @Timestamp Instant at) {
        proceed(progress.declined(Ending.rejected(declined.code(), declined.detail())), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(CancellationRequested requested, @Timestamp Instant at) {
        proceed(progress.undo(Ending.cancelled()), at);
    }

    /**
     * Says anew what is awaited, with a deadline that is live in any case, and asks for all that is outstanding.
     * Begins an order whose saga is lost, or never began, with what has happened to it so far.
     */
    @StartSaga
    @SagaEventHandler(associationProperty = ORDER)
    void on(ResumptionRequested requested, @Timestamp Instant at) throws Exception {
        if (progress == null && !recollect(requested.orderId())) {
            SagaLifecycle.end();
            return;
        }
        setWatch();
        WaitingOn before = reported;
        reported = null;
        if (before != null && !STUCK.contains(before.code())) {
            report(before.party(), before.code(), at);
        } else if (progress.isCustomersTurn()) {
            report(Party.CUSTOMER, "payment_action", at);
        } else {
            report(progress.phase().party, progress.phase().code, at);
        }
        progress.outstanding().forEach(command -> send(command, at));
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(PaymentReversed reversed, @Timestamp Instant at) {
        proceed(progress.reversed(), at);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(ReversalFailed failed, @Timestamp Instant at) {
        report(Party.STAFF, "payment_reversal_failed", at);
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
        if (progress.phase() == before && !isForStaff()) {
            reportPhase(before, at);
        }
    }

    /** Whether somebody has to see to a shipment, whatever becomes of the others. */
    private boolean isForStaff() {
        return progress.isCaptureFailed() || reported != null && reported.code().equals(STEP_FAILED);
    }

    @SagaEventHandler(associationProperty = ORDER)
    void on(CaptureFailed failed, @Timestamp Instant at) {
        progress.captureFailed(failed.shipmentId());
        report(Party.STAFF, CAPTURE_FAILED, at);
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

    @DeadlineHandler(deadlineName = FulfillmentDeadlines.RESERVATION_OVERDUE)
    void onReservationOverdue(Overdue overdue, @Timestamp Instant at) {
        if (watch.hasFired(overdue)) {
            proceed(progress.undo(Ending.reservationTimeout()), at);
        }
    }

    @DeadlineHandler(deadlineName = FulfillmentDeadlines.PAYMENT_OVERDUE)
    void onPaymentOverdue(Overdue overdue, @Timestamp Instant at) {
        if (!watch.hasFired(overdue)) {
            return;
        }
        if (progress.isCustomersTurn() || durations.isPatienceOver(watch.attempts())) {
            proceed(progress.undo(Ending.paymentTimeout()), at);
        } else {
            setWatch();
            report(Party.GATEWAY, "payment_overdue", at);
        }
    }

    @DeadlineHandler(deadlineName = FulfillmentDeadlines.DISPATCH_OVERDUE)
    void onDispatchOverdue(Overdue overdue, @Timestamp Instant at) {
        if (watch.hasFired(overdue)) {
            setWatch();
            if (isForStaff()) {
                renew(at);
            } else {
                report(Party.STAFF, "dispatch_overdue", at);
            }
        }
    }

    /** What is under way cannot be called back: for the rest the money has to come from elsewhere. */
    @DeadlineHandler(deadlineName = FulfillmentDeadlines.CAPTURE_BEFORE)
    void onCaptureBefore(Overdue overdue, @Timestamp Instant at) {
        if (watch.hasFired(overdue)) {
            var next = progress.expired(at);
            setWatch();
            report(Party.STAFF, "authorization_expired", at);
            next.forEach(command -> send(command, at));
        }
    }

    @DeadlineHandler(deadlineName = FulfillmentDeadlines.SHIPPING_OVERDUE)
    void onShippingOverdue(Overdue overdue, @Timestamp Instant at) {
        askAgain(overdue, "shipping_stuck", at);
    }

    @DeadlineHandler(deadlineName = FulfillmentDeadlines.UNDO_OVERDUE)
    void onUndoOverdue(Overdue overdue, @Timestamp Instant at) {
        askAgain(overdue, "undo_stuck", at);
    }

    /** Ends an order as far as it can be seen that it was to end, unless it is known how. */
    void presume(Ending ending, Instant at) {
        proceed(progress.undo(ending), at);
    }

    /** What was never asked for need not be given back. */
    void presumeNoPayment(Instant at) {
        if (progress.phase() == Phase.REVERSING_PAYMENT) {
            proceed(progress.reversed(), at);
        }
    }

    private boolean recollect(OrderId order) throws Exception {
        recollects = true;
        try {
            return recollection.tell(this, order);
        } finally {
            recollects = false;
        }
    }

    private void askAgain(Overdue overdue, String stuck, Instant at) {
        if (watch.hasFired(overdue)) {
            setWatch();
            if (watch.isOutOfPatience() && reported.party() != Party.STAFF) {
                report(Party.STAFF, stuck, at);
            }
            proceed(progress.outstanding(), at);
        }
    }

    private void proceed(List<Object> next, Instant at) {
        if (watch.turnsTo(progress.phase())) {
            setWatch();
            if (progress.phase() == Phase.SHIPPING && isForStaff()) {
                renew(at);
            } else {
                reportPhase(progress.phase(), at);
            }
        }
        next.forEach(command -> send(command, at));
    }

    private void setWatch() {
        if (!recollects) {
            watch.set(deadlines, durations, progress.captureBefore());
        }
    }

    /** A confirmation carries its own wait; an order that is about to end waits on nobody. */
    private void reportPhase(Phase phase, Instant at) {
        if (phase == Phase.CONFIRMED) {
            reported = progress.dispatch();
        } else if (phase != Phase.ENDING) {
            report(phase.party, phase.code, at);
        }
    }

    /** What somebody has to see to stays so under another deadline. */
    private void renew(Instant at) {
        String code = progress.isCaptureFailed() ? CAPTURE_FAILED : STEP_FAILED;
        reported = new WaitingOn(Party.STAFF, code, reported.code().equals(code) ? reported.since() : at, watch.due());
        send(new ReportWaiting(progress.orderId(), Matter.FULFILLMENT, reported), at);
    }

    private void report(Party party, String code, Instant at) {
        if (reported == null || reported.party() != party || !reported.code().equals(code)) {
            reported = new WaitingOn(party, code, at, watch.due());
            send(new ReportWaiting(progress.orderId(), Matter.FULFILLMENT, reported), at);
        }
    }

    /** Trouble that passes ends the batch: the event stays and is handled again. What does not pass needs somebody. */
    private void send(Object command, Instant at) {
        if (recollects) {
            return;
        }
        try {
            commands.sendAndWait(command, COMMAND_SECONDS, TimeUnit.SECONDS);
        } catch (RuntimeException failure) {
            if (command instanceof ReportWaiting || !Trouble.isLasting(failure)) {
                throw failure;
            }
            LOG.error("Order {} cannot go on: {} failed", progress.orderId(), command, failure);
            report(Party.STAFF, STEP_FAILED, at);
        }
    }

    @Override
    public boolean hasBegun() {
        return progress != null;
    }

    private void end() {
        watch.callOff(deadlines);
        SagaLifecycle.end();
    }
}
