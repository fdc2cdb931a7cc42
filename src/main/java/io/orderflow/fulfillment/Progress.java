package io.orderflow.fulfillment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.inventory.command.ReleaseStock;
import io.orderflow.order.command.ConfirmOrder;
import io.orderflow.order.command.ExpireOrder;
import io.orderflow.order.event.OrderDispatched;
import io.orderflow.order.event.OrderPlaced;
import io.orderflow.payment.command.RequestPayment;
import io.orderflow.payment.command.ReversePayment;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.Sku;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import io.orderflow.shared.WaitingOn.Party;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of an order's process and its decisions, without a framework.
 *
 * <p>Each method handles an event; one that comes twice or too late changes nothing. The commands that follow from a
 * new phase are its {@link #outstanding} ones.
 */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class Progress implements OrderProcess {

    private OrderId orderId;
    private String shop;
    private Money total;
    private PaymentMethod paymentMethod;
    private Reservations reservations;
    private LinkedHashMap<String, Shipment> shipments = new LinkedHashMap<>();
    private Phase phase = Phase.RESERVING;
    private Code awaited = Phase.RESERVING.code;
    private boolean moneyAtStake;
    private @Nullable Instant captureBefore;
    private @Nullable OrderOutcome outcome;

    private Progress() {
    }

    Progress(OrderPlaced placed) {
        orderId = placed.orderId();
        shop = placed.shop();
        total = placed.total();
        paymentMethod = placed.paymentMethod();
        reservations = new Reservations(placed.lines());
    }

    @Override
    public OrderId orderId() {
        return orderId;
    }

    @Override
    public Phase phase() {
        return phase;
    }

    /** What the order waits for; a shipment that could not be captured comes first. */
    @Override
    public Code awaited() {
        return shipments.values().stream().anyMatch(Shipment::isCaptureFailed) ? Code.PAYMENT_CAPTURE_FAILED : awaited;
    }

    /** Until when the authorized money can be captured; null when there is no limit, or when it has passed. */
    @Nullable Instant captureBefore() {
        return captureBefore;
    }

    List<Object> reserved(Sku sku) {
        if (outcome != null && reservations.releaseAgain(sku)) {
            return List.of(new ReleaseStock(sku, orderId));
        }
        reservations.reserved(sku);
        if (phase == Phase.RESERVING && reservations.areReserved()) {
            moneyAtStake = true;
            enter(Phase.PAYING);
        }
        return List.of();
    }

    void refused(Sku sku, OrderOutcome rejection) {
        reservations.refused(sku);
        if (phase == Phase.RESERVING) {
            undo(rejection);
        }
    }

    /** @param captureBefore until when the money can be captured; null when there is no limit */
    void authorized(@Nullable Instant captureBefore) {
        if (phase == Phase.PAYING) {
            this.captureBefore = captureBefore;
            enter(Phase.CONFIRMED);
        }
    }

    void declined(OrderOutcome rejection) {
        moneyAtStake = false;
        if (phase == Phase.PAYING) {
            undo(rejection);
        } else {
            reversed();
        }
    }

    boolean isAuthorizationExpired(Instant at) {
        return captureBefore != null && !captureBefore.isAfter(at);
    }

    /** The authorized money is gone; the order decides whether it is cancelled for that. */
    List<Object> expired(Instant at) {
        captureBefore = null;
        await(Code.AUTHORIZATION_EXPIRED);
        return phase == Phase.CONFIRMED ? List.of(new ExpireOrder(orderId, at)) : List.of();
    }

    /** Ignored once something is dispatched, which the order itself ensures. */
    void undo(OrderOutcome outcome) {
        if (phase.canBeUndone()) {
            this.outcome = outcome;
            if (moneyAtStake) {
                enter(Phase.REVERSING_PAYMENT);
            } else {
                releaseAll();
            }
        }
    }

    void reversed() {
        moneyAtStake = false;
        if (phase == Phase.REVERSING_PAYMENT) {
            releaseAll();
        }
    }

    void released(Sku sku) {
        reservations.released(sku);
        endOnceAllIsReleased();
    }

    /** @return the commands for this shipment */
    List<Object> dispatched(OrderDispatched dispatched) {
        if (shipments.containsKey(dispatched.shipmentId())) {
            return List.of();
        }
        var shipment = new Shipment(dispatched);
        shipments.put(dispatched.shipmentId(), shipment);
        phase = dispatched.last() ? Phase.SHIPPING : Phase.PARTLY_DISPATCHED;
        if (dispatched.last() || awaited != Code.AUTHORIZATION_EXPIRED) {
            await(phase.code);
        }
        return shipment.outstanding(orderId).toList();
    }

    void captured(String shipmentId) {
        shipments.get(shipmentId).captured();
        if (phase == Phase.SHIPPING) {
            await(phase.code);
        }
        completeOnceAllIsDone();
    }

    void captureFailed(String shipmentId) {
        shipments.get(shipmentId).captureFailed();
    }

    void shipped(String shipmentId, Sku sku) {
        shipments.get(shipmentId).shipped(sku);
        completeOnceAllIsDone();
    }

    /** @return whether this is new; what does not fit the phase, or would hide what staff has to do, is ignored */
    boolean await(Code code) {
        boolean fits = switch (code) {
            case PAYMENT_ACTION, PAYMENT_PENDING, PAYMENT_OVERDUE -> phase == Phase.PAYING;
            case PAYMENT_OUTCOME_UNKNOWN -> phase.code.party() == Party.GATEWAY && awaited != Code.STEP_FAILED;
            case DISPATCH_OVERDUE -> awaited == Code.DISPATCH;
            case PAYMENT_REVERSAL_FAILED -> phase == Phase.REVERSING_PAYMENT;
            case SHIPPING_STUCK, UNDO_STUCK -> awaited.party() != Party.STAFF;
            default -> awaited != Code.STEP_FAILED;
        };
        boolean isNew = fits && awaited != code;
        awaited = fits ? code : awaited;
        return isNew;
    }

    @Override
    public void stepFailed(boolean failed) {
        if (failed) {
            awaited = Code.STEP_FAILED;
        } else if (awaited == Code.STEP_FAILED) {
            awaited = phase.code;
        }
    }

    /** Waits as at the beginning of the phase for what a repetition may cure. */
    void resume() {
        if (awaited == Code.STEP_FAILED || awaited == Code.SHIPPING_STUCK || awaited == Code.UNDO_STUCK) {
            awaited = phase.code;
        }
    }

    /** The commands that begin a phase state what the order waits for in it. */
    @Override
    public List<Object> outstanding(WaitingOn waitingOn) {
        var payment = PaymentId.of(orderId);
        var wait = new WaitingOn(phase.code, waitingOn.since(), waitingOn.deadline());
        return switch (phase) {
            case RESERVING, RELEASING_STOCK -> reservations.outstanding(orderId);
            case PAYING -> List.of(new RequestPayment(payment, orderId, shop, total, paymentMethod, wait));
            case CONFIRMED -> List.of(new ConfirmOrder(orderId, wait));
            case PARTLY_DISPATCHED, SHIPPING -> shipments.values().stream()
                    .flatMap(shipment -> shipment.outstanding(orderId)).toList();
            case REVERSING_PAYMENT -> List.of(new ReversePayment(payment, wait));
            case ENDING -> List.of(outcome.command(orderId));
        };
    }

    private void releaseAll() {
        enter(Phase.RELEASING_STOCK);
        reservations.release();
        endOnceAllIsReleased();
    }

    private void endOnceAllIsReleased() {
        if (phase == Phase.RELEASING_STOCK && reservations.areReleased()) {
            enter(Phase.ENDING);
        }
    }

    private void completeOnceAllIsDone() {
        if (phase == Phase.SHIPPING && shipments.values().stream().allMatch(Shipment::isDone)) {
            outcome = OrderOutcome.completed();
            enter(Phase.ENDING);
        }
    }

    private void enter(Phase next) {
        phase = next;
        awaited = next.code;
    }
}
