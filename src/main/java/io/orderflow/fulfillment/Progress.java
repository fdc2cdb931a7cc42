package io.orderflow.fulfillment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.inventory.command.ReleaseStock;
import io.orderflow.inventory.command.ReserveStock;
import io.orderflow.order.command.ConfirmOrder;
import io.orderflow.order.command.ExpireOrder;
import io.orderflow.order.event.OrderDispatched;
import io.orderflow.order.event.OrderLine;
import io.orderflow.order.event.OrderPlaced;
import io.orderflow.payment.command.RequestPayment;
import io.orderflow.payment.command.ReversePayment;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The state of an order's process and its decisions, without a framework.
 *
 * <p>Every method takes an event and returns the commands that follow from it; an event that comes twice or too late
 * returns none. {@link #outstanding()} returns those whose event has not come yet: every command can be repeated.
 */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class Progress {

    private OrderId orderId;
    private String shop;
    private Money total;
    private PaymentMethod paymentMethod;
    /** In the order of their SKUs, so that no two orders ever take the same stock in opposite order. */
    private TreeMap<Sku, Quantity> lines;
    private TreeMap<Sku, Hold> holds;
    private LinkedHashMap<String, Shipment> shipments;
    private Phase phase;
    private boolean moneyAtStake;
    private boolean customersTurn;
    private Instant captureBefore;
    private WaitingOn payment;
    private WaitingOn dispatch;
    private OrderOutcome outcome;

    private Progress() {
    }

    Progress(OrderPlaced placed) {
        orderId = placed.orderId();
        shop = placed.shop();
        total = placed.total();
        paymentMethod = placed.paymentMethod();
        lines = new TreeMap<>();
        holds = new TreeMap<>();
        shipments = new LinkedHashMap<>();
        for (OrderLine line : placed.lines()) {
            lines.put(line.sku(), line.quantity());
            holds.put(line.sku(), Hold.REQUESTED);
        }
        phase = Phase.RESERVING;
    }

    OrderId orderId() {
        return orderId;
    }

    Phase phase() {
        return phase;
    }

    /** Whom an order waits on whose payment is requested; null before. */
    WaitingOn payment() {
        return payment;
    }

    /** Whom a confirmed order waits on; null before. */
    WaitingOn dispatch() {
        return dispatch;
    }

    /** @param payment whom the order waits on once its payment is requested */
    List<Object> reserved(Sku sku, WaitingOn payment) {
        Hold before = holds.get(sku);
        if (before == Hold.REQUESTED) {
            holds.put(sku, Hold.HELD);
            return phase == Phase.RESERVING && allAre(Hold.HELD) ? pay(payment) : List.of();
        }
        // Released before it was reserved: it has to be released once more.
        if (before == Hold.NONE && outcome != null) {
            return release(Stream.of(sku));
        }
        return List.of();
    }

    List<Object> refused(Sku sku, OrderOutcome rejection) {
        if (holds.get(sku) == Hold.REQUESTED) {
            holds.put(sku, Hold.NONE);
        }
        return phase == Phase.RESERVING ? undo(rejection) : List.of();
    }

    /** Whether the payment waits for the customer, not for the gateway. */
    boolean isCustomersTurn() {
        return customersTurn;
    }

    /** The customer has to act before the bank decides, or has acted. */
    void customersTurn(boolean turn) {
        customersTurn = turn;
    }

    /** Until when the authorized money can be captured; null when there is no limit, or when it has passed. */
    Instant captureBefore() {
        return captureBefore;
    }

    /** Whether the money cannot be captured any more at that time. */
    boolean isAuthorizationExpired(Instant at) {
        return captureBefore != null && !captureBefore.isAfter(at);
    }

    /** The authorized money is gone: whether there is still an order is for the order to decide. */
    List<Object> expired(Instant at) {
        captureBefore = null;
        return phase == Phase.CONFIRMED ? List.of(new ExpireOrder(orderId, at)) : List.of();
    }

    /**
     * @param dispatch      whom a confirmed order waits on
     * @param captureBefore until when it can be dispatched; null when there is no limit
     */
    List<Object> authorized(WaitingOn dispatch, Instant captureBefore) {
        if (phase != Phase.PAYING) {
            return List.of();
        }
        this.dispatch = dispatch;
        this.captureBefore = captureBefore;
        return enter(Phase.CONFIRMED);
    }

    List<Object> declined(OrderOutcome rejection) {
        moneyAtStake = false;
        return phase == Phase.PAYING ? undo(rejection) : reversed();
    }

    /** Once goods are under way nothing can be undone, which the order itself ensures. */
    List<Object> undo(OrderOutcome outcome) {
        if (!phase.canBeUndone()) {
            return List.of();
        }
        this.outcome = outcome;
        return moneyAtStake ? enter(Phase.REVERSING_PAYMENT) : releaseAll();
    }

    List<Object> reversed() {
        moneyAtStake = false;
        return phase == Phase.REVERSING_PAYMENT ? releaseAll() : List.of();
    }

    List<Object> released(Sku sku) {
        if (holds.get(sku) == Hold.RELEASING) {
            holds.put(sku, Hold.NONE);
        }
        return phase == Phase.RELEASING_STOCK && allAre(Hold.NONE) ? enter(Phase.ENDING) : List.of();
    }

    List<Object> dispatched(OrderDispatched dispatched) {
        if (shipments.containsKey(dispatched.shipmentId())) {
            return List.of();
        }
        var shipment = new Shipment(dispatched);
        shipments.put(dispatched.shipmentId(), shipment);
        phase = dispatched.last() ? Phase.SHIPPING : Phase.PARTLY_DISPATCHED;
        return shipment.outstanding(orderId).toList();
    }

    List<Object> captured(String shipmentId) {
        shipments.get(shipmentId).captured();
        return completeOnceAllIsDone();
    }

    void captureFailed(String shipmentId) {
        shipments.get(shipmentId).captureFailed();
    }

    /** Whether the money for some shipment could not be taken, so that somebody has to see to it. */
    boolean isCaptureFailed() {
        return shipments.values().stream().anyMatch(Shipment::isCaptureFailed);
    }

    List<Object> shipped(String shipmentId, Sku sku) {
        shipments.get(shipmentId).shipped(sku);
        return completeOnceAllIsDone();
    }

    /** The commands of this phase whose event has not come yet. */
    List<Object> outstanding() {
        return switch (phase) {
            case RESERVING -> skus(Hold.REQUESTED)
                    .<Object>map(sku -> new ReserveStock(sku, orderId, lines.get(sku))).toList();
            case PAYING -> List.of(new RequestPayment(PaymentId.of(orderId), orderId, shop, total, paymentMethod,
                    payment));
            case CONFIRMED -> List.of(new ConfirmOrder(orderId, dispatch));
            case PARTLY_DISPATCHED, SHIPPING -> shipments.values().stream()
                    .flatMap(shipment -> shipment.outstanding(orderId)).toList();
            case REVERSING_PAYMENT -> List.of(new ReversePayment(PaymentId.of(orderId)));
            case RELEASING_STOCK -> skus(Hold.RELEASING).<Object>map(sku -> new ReleaseStock(sku, orderId)).toList();
            case ENDING -> List.of(outcome.command(orderId));
        };
    }

    private List<Object> pay(WaitingOn payment) {
        this.payment = payment;
        moneyAtStake = true;
        return enter(Phase.PAYING);
    }

    private List<Object> releaseAll() {
        phase = Phase.RELEASING_STOCK;
        List<Object> releases = release(holds.keySet().stream().filter(sku -> holds.get(sku) != Hold.NONE));
        return releases.isEmpty() ? enter(Phase.ENDING) : releases;
    }

    private List<Object> release(Stream<Sku> skus) {
        return skus.toList().stream().<Object>map(sku -> {
            holds.put(sku, Hold.RELEASING);
            return new ReleaseStock(sku, orderId);
        }).toList();
    }

    private List<Object> completeOnceAllIsDone() {
        if (phase != Phase.SHIPPING || !shipments.values().stream().allMatch(Shipment::isDone)) {
            return List.of();
        }
        outcome = OrderOutcome.completed();
        return enter(Phase.ENDING);
    }

    private List<Object> enter(Phase next) {
        phase = next;
        return outstanding();
    }

    private Stream<Sku> skus(Hold hold) {
        return holds.keySet().stream().filter(sku -> holds.get(sku) == hold);
    }

    private boolean allAre(Hold hold) {
        return holds.values().stream().allMatch(hold::equals);
    }
}
