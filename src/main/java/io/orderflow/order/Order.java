package io.orderflow.order;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.order.command.CancelOrder;
import io.orderflow.order.command.CloseReturn;
import io.orderflow.order.command.CompleteOrder;
import io.orderflow.order.command.ConfirmOrder;
import io.orderflow.order.command.DispatchOrder;
import io.orderflow.order.command.ExpireOrder;
import io.orderflow.order.command.PlaceOrder;
import io.orderflow.order.command.RejectOrder;
import io.orderflow.order.command.ReportAfterSalesWait;
import io.orderflow.order.command.ReportWait;
import io.orderflow.order.command.RequestCancellation;
import io.orderflow.order.command.ResumeOrder;
import io.orderflow.order.command.ReturnGoods;
import io.orderflow.order.event.CancellationRequested;
import io.orderflow.order.event.GoodsReturned;
import io.orderflow.order.event.OrderCancelled;
import io.orderflow.order.event.OrderCompleted;
import io.orderflow.order.event.OrderConfirmed;
import io.orderflow.order.event.OrderDispatched;
import io.orderflow.order.event.OrderPlaced;
import io.orderflow.order.event.OrderRejected;
import io.orderflow.order.event.OrderWaiting;
import io.orderflow.order.event.OrderWaits;
import io.orderflow.order.event.ResumptionRequested;
import io.orderflow.order.event.ReturnClosed;
import io.orderflow.order.query.CancellationView;
import io.orderflow.order.query.OrderStatus;
import io.orderflow.order.query.ReturnView;
import io.orderflow.order.query.ShipmentView;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.Refusal.Kind;
import io.orderflow.shared.StoredAs;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** Order aggregate. Serializes all terminal transitions; a command that loses the race is refused or ignored. */
@Aggregate(cache = "aggregateCache")
@StoredAs("order.Order")
@Revision("1")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
class Order {

    @AggregateIdentifier
    private OrderId orderId;
    private @Nullable OrderStatus status;
    private PlaceOrderResult placed;
    private String request;
    private OrderLines lines;
    private OrderWaits waits = OrderWaits.NONE;
    private @Nullable CancellationView cancellation;
    private Map<String, ShipmentView> shipments = new LinkedHashMap<>();
    private Returns returns = new Returns();

    protected Order() {
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    PlaceOrderResult handle(PlaceOrder place) {
        if (status == null) {
            var total = OrderLines.total(place.currency(), place.lines());
            apply(new OrderPlaced(place.orderId(), place.shop(), place.reference(), place.customer(), place.lines(),
                    total, place.paymentMethod(), place.address(), place.request(), place.waitingOn(),
                    place.placedAt()));
        } else {
            requireSameRequest(place.request());
        }
        return placed;
    }

    @EventSourcingHandler
    void on(OrderPlaced event) {
        orderId = event.orderId();
        status = OrderStatus.PLACED;
        placed = new PlaceOrderResult(event.total(), event.waitingOn(), event.placedAt());
        request = event.request();
        waits = waits.withFulfillment(event.waitingOn());
        lines = new OrderLines(event.lines());
    }

    @CommandHandler
    void handle(ReportWait report) {
        if (!status.isTerminal() && !report.waitingOn().equals(waits.fulfillment())) {
            apply(new OrderWaiting(orderId, waits.withFulfillment(report.waitingOn())));
        }
    }

    @CommandHandler
    void handle(ReportAfterSalesWait report) {
        if (!Objects.equals(report.waitingOn(), waits.afterSales())) {
            apply(new OrderWaiting(orderId, waits.withAfterSales(report.waitingOn())));
        }
    }

    @EventSourcingHandler
    void on(OrderWaiting waiting) {
        waits = waiting.waits();
    }

    /** Ignored after a cancellation was requested, which is then handled by the saga. */
    @CommandHandler
    void handle(ConfirmOrder confirm) {
        if (status == OrderStatus.PLACED && cancellation == null) {
            apply(new OrderConfirmed(orderId, confirm.waitingOn()));
        }
    }

    @EventSourcingHandler
    void on(OrderConfirmed confirmed) {
        status = OrderStatus.CONFIRMED;
        waits = waits.withFulfillment(confirmed.waitingOn());
    }

    @CommandHandler
    CancellationView handle(RequestCancellation request) {
        if (cancellation == null) {
            request.expectedVersion().require(getVersion());
            requireNotEnded();
            requireNotDispatched();
            apply(new CancellationRequested(orderId, request.reason(), request.requestedAt()));
        }
        return cancellation;
    }

    @CommandHandler
    void handle(ExpireOrder expire) {
        if (status == OrderStatus.CONFIRMED && cancellation == null) {
            apply(new CancellationRequested(orderId, "The authorization of the payment has expired",
                    expire.expiredAt()));
        }
    }

    @EventSourcingHandler
    void on(CancellationRequested requested) {
        cancellation = new CancellationView(orderId, requested.reason(), requested.requestedAt());
    }

    @CommandHandler
    void handle(CancelOrder cancel) {
        if (!status.isTerminal() && cancellation != null) {
            apply(new OrderCancelled(orderId, cancellation.reason()));
        }
    }

    @EventSourcingHandler
    void on(OrderCancelled cancelled) {
        status = OrderStatus.CANCELLED;
        waits = waits.withFulfillment(null);
    }

    @CommandHandler
    void handle(RejectOrder reject) {
        if (status == OrderStatus.PLACED) {
            apply(new OrderRejected(orderId, reject.code(), reject.detail()));
        }
    }

    @EventSourcingHandler
    void on(OrderRejected rejected) {
        status = OrderStatus.REJECTED;
        waits = waits.withFulfillment(null);
    }

    @CommandHandler
    ShipmentView handle(DispatchOrder dispatch) {
        if (!shipments.containsKey(dispatch.shipmentId())) {
            dispatch.expectedVersion().require(getVersion());
            requireConfirmed();
            var picked = lines.pick(dispatch.lines());
            boolean last = lines.isEmptyAfter(picked);
            apply(new OrderDispatched(orderId, dispatch.shipmentId(), picked, lines.value(picked), dispatch.carrier(),
                    dispatch.trackingNumber(), last, waits.withFulfillment(last ? dispatch.capture() : dispatch.rest()),
                    dispatch.dispatchedAt()));
        }
        return shipments.get(dispatch.shipmentId());
    }

    @EventSourcingHandler
    void on(OrderDispatched dispatched) {
        status = OrderStatus.DISPATCHED;
        waits = dispatched.waits();
        lines.take(dispatched.lines());
        returns.dispatched(dispatched.lines());
        shipments.put(dispatched.shipmentId(), new ShipmentView(dispatched.shipmentId(), orderId, dispatched.lines(),
                dispatched.carrier(), dispatched.trackingNumber(), dispatched.value(), dispatched.dispatchedAt()));
    }

    @CommandHandler
    void handle(CompleteOrder complete) {
        if (status == OrderStatus.DISPATCHED && lines.isEmpty()) {
            apply(new OrderCompleted(orderId, waits.afterSales()));
        }
    }

    @EventSourcingHandler
    void on(OrderCompleted completed) {
        status = OrderStatus.COMPLETED;
        waits = waits.withFulfillment(null);
    }

    /** Changes nothing of the order: the sagas repeat their outstanding commands when they handle the event. */
    @CommandHandler
    void handle(ResumeOrder resume) {
        apply(new ResumptionRequested(orderId, resume.reason(), resume.requestedAt()));
    }

    /** Accepted after the order was completed, too. */
    @CommandHandler
    ReturnView handle(ReturnGoods goods) {
        if (!returns.contains(goods.returnId())) {
            goods.expectedVersion().require(getVersion());
            apply(new GoodsReturned(orderId, goods.returnId(), goods.lines(), returns.value(goods.lines(), lines),
                    goods.reason(), goods.returnedAt(), dispatchedValue()));
        }
        return returns.answer(goods.returnId());
    }

    @EventSourcingHandler
    void on(GoodsReturned returned) {
        returns.add(returned);
    }

    @CommandHandler
    ReturnView handle(CloseReturn close) {
        returns.requireKnown(close.returnId());
        if (returns.areOpen(close.returnId())) {
            close.expectedVersion().require(getVersion());
            apply(new ReturnClosed(orderId, close.returnId(), close.note()));
        }
        return returns.view(close.returnId());
    }

    @EventSourcingHandler
    void on(ReturnClosed closed) {
        returns.close(closed.returnId());
    }

    private Money dispatchedValue() {
        return shipments.values().stream().map(ShipmentView::value).reduce(Money::plus).orElseThrow();
    }

    private void requireSameRequest(String other) {
        if (!request.equals(other)) {
            throw new Refusal(Kind.CONFLICT, "reference_used",
                    "The order '%s' has this reference; each order of a shop has one of its own.".formatted(orderId),
                    Map.of("order_id", orderId));
        }
    }

    private void requireConfirmed() {
        requireNotEnded();
        if (cancellation != null) {
            throw conflict("cancellation_requested", "This order is being cancelled and cannot be dispatched.");
        }
        if (status == OrderStatus.PLACED) {
            throw conflict("not_confirmed", "Stock and payment of this order are not confirmed yet; see 'waiting_on'.");
        }
    }

    private void requireNotDispatched() {
        if (!shipments.isEmpty()) {
            throw conflict("already_dispatched", "Goods of this order are under way; it can no longer be cancelled.");
        }
    }

    private void requireNotEnded() {
        if (status.isTerminal()) {
            throw conflict("order_ended", "This order is %s; nothing more can happen to it."
                    .formatted(status.name().toLowerCase(Locale.ROOT)));
        }
    }

    private Refusal conflict(String code, String message) {
        return new Refusal(Kind.CONFLICT, code, message);
    }
}
