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
import io.orderflow.order.command.ReportWaiting;
import io.orderflow.order.command.RequestCancellation;
import io.orderflow.order.command.ResumeOrder;
import io.orderflow.order.command.ReturnGoods;
import io.orderflow.order.event.CancellationRequested;
import io.orderflow.order.event.GoodsReturned;
import io.orderflow.order.event.Matter;
import io.orderflow.order.event.OrderCancelled;
import io.orderflow.order.event.OrderCompleted;
import io.orderflow.order.event.OrderConfirmed;
import io.orderflow.order.event.OrderDispatched;
import io.orderflow.order.event.OrderPlaced;
import io.orderflow.order.event.OrderRejected;
import io.orderflow.order.event.OrderWaiting;
import io.orderflow.order.event.ResumptionRequested;
import io.orderflow.order.event.ReturnClosed;
import io.orderflow.order.event.WaitNoted;
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
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;

/** Takes an order and decides its fate: whoever is second in a race between its ends gets an answer here. */
@Aggregate(cache = "aggregateCache")
@StoredAs("order.Order")
@Revision("1")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
class Order {

    @AggregateIdentifier
    private OrderId orderId;
    private OrderStatus status;
    private Placement placement;
    private String request;
    private OrderLines basket;
    private Waits waits = new Waits();
    private CancellationView cancellation;
    private Map<String, ShipmentView> shipments = new LinkedHashMap<>();
    private Returns returns = new Returns();

    protected Order() {
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Placement handle(PlaceOrder place) {
        if (status == null) {
            var total = OrderLines.total(place.currency(), place.lines());
            apply(new OrderPlaced(place.orderId(), place.shop(), place.reference(), place.customer(), place.lines(),
                    total, place.paymentMethod(), place.address(), place.request(), place.placedAt()));
        } else {
            requireSameRequest(place.request());
        }
        return placement;
    }

    @EventSourcingHandler
    void on(OrderPlaced placed) {
        orderId = placed.orderId();
        status = OrderStatus.PLACED;
        placement = new Placement(placed.total(), placed.placedAt());
        request = placed.request();
        basket = new OrderLines(placed.lines());
    }

    @CommandHandler
    void handle(ReportWaiting report) {
        if (report.matter() == Matter.AFTER_SALES || !status.isTerminal()) {
            waits.news(report).forEach(fact -> apply(fact));
        }
    }

    @EventSourcingHandler
    void on(WaitNoted noted) {
        waits.note(noted);
    }

    @EventSourcingHandler
    void on(OrderWaiting waiting) {
        waits.show(waiting.waitingOn());
    }

    /** A cancellation that came first wins: the confirmation is dropped, and whoever asked for it hears of the other. */
    @CommandHandler
    void handle(ConfirmOrder confirm) {
        if (status == OrderStatus.PLACED && cancellation == null) {
            apply(new OrderConfirmed(orderId, confirm.waitingOn()));
        }
    }

    @EventSourcingHandler
    void on(OrderConfirmed confirmed) {
        status = OrderStatus.CONFIRMED;
        waits.show(confirmed.waitingOn());
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
            apply(new CancellationRequested(orderId, "The money set aside for the order has expired",
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
        waits.end();
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
        waits.end();
    }

    @CommandHandler
    ShipmentView handle(DispatchOrder dispatch) {
        if (!shipments.containsKey(dispatch.shipmentId())) {
            dispatch.expectedVersion().require(getVersion());
            requireConfirmed();
            var lines = basket.pick(dispatch.lines());
            apply(new OrderDispatched(orderId, dispatch.shipmentId(), lines, basket.value(lines), dispatch.carrier(),
                    dispatch.trackingNumber(), basket.isEmptyAfter(lines),
                    waits.afterDispatch(basket.isEmptyAfter(lines), dispatch.dispatchedAt()), dispatch.dispatchedAt()));
        }
        return shipments.get(dispatch.shipmentId());
    }

    @EventSourcingHandler
    void on(OrderDispatched dispatched) {
        status = OrderStatus.DISPATCHED;
        waits.dispatched(dispatched);
        basket.take(dispatched.lines());
        returns.dispatched(dispatched.lines());
        shipments.put(dispatched.shipmentId(), new ShipmentView(dispatched.shipmentId(), orderId, dispatched.lines(),
                dispatched.carrier(), dispatched.trackingNumber(), dispatched.value(), dispatched.dispatchedAt()));
    }

    @CommandHandler
    void handle(CompleteOrder complete) {
        if (status == OrderStatus.DISPATCHED && basket.isEmpty()) {
            apply(new OrderCompleted(orderId, waits.afterSales()));
        }
    }

    @EventSourcingHandler
    void on(OrderCompleted completed) {
        status = OrderStatus.COMPLETED;
        waits.end();
    }

    /** Changes nothing of the order itself: whoever sees to it takes it as a push. */
    @CommandHandler
    void handle(ResumeOrder resume) {
        apply(new ResumptionRequested(orderId, resume.reason(), resume.requestedAt()));
    }

    /** Also once the order is completed: that ends what had to be done for it, not what its customer is owed. */
    @CommandHandler
    ReturnView handle(ReturnGoods goods) {
        if (!returns.know(goods.returnId())) {
            goods.expectedVersion().require(getVersion());
            apply(new GoodsReturned(orderId, goods.returnId(), goods.lines(), returns.value(goods.lines(), basket),
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
            throw conflict("not_confirmed", "Stock and money for this order are not settled yet; see 'waiting_on'.");
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
