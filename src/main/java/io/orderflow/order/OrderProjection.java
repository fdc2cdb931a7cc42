package io.orderflow.order;

import io.orderflow.order.event.CancellationRequested;
import io.orderflow.order.event.OrderCancelled;
import io.orderflow.order.event.OrderCompleted;
import io.orderflow.order.event.OrderConfirmed;
import io.orderflow.order.event.OrderDispatched;
import io.orderflow.order.event.OrderPlaced;
import io.orderflow.order.event.OrderRejected;
import io.orderflow.order.event.OrderWaiting;
import io.orderflow.order.query.FindOrder;
import io.orderflow.order.query.ListOrders;
import io.orderflow.order.query.OrderPage;
import io.orderflow.order.query.OrderStatus;
import io.orderflow.order.query.OrderView;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.SkuFact;
import io.orderflow.shared.StockFact;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Party;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.springframework.stereotype.Component;

/**
 * Keeps the order resource up to date.
 *
 * <p>Money and stock reach it as {@link PaymentFact}s and {@link StockFact}s: it needs to know what they do to an
 * order, not who announces them.
 */
@Component
@ProcessingGroup("order-projection")
class OrderProjection {

    private final OrderRows rows;
    private final OrderViews views;
    private final KnownSkus skus;
    private final QueryUpdateEmitter updates;

    OrderProjection(OrderRows rows, OrderViews views, KnownSkus skus, QueryUpdateEmitter updates) {
        this.rows = rows;
        this.views = views;
        this.skus = skus;
        this.updates = updates;
    }

    /** What every order waits on before anybody has done anything. */
    static WaitingOn firstWait(Instant placedAt) {
        return new WaitingOn(Party.STOCK, "stock_reservation", placedAt, null);
    }

    @EventHandler
    void on(OrderPlaced placed) {
        rows.add(placed, firstWait(placed.placedAt()));
        announce(placed.orderId());
    }

    @EventHandler
    void on(OrderWaiting waiting, @Timestamp Instant at) {
        rows.setWaiting(waiting.orderId(), waiting.waitingOn(), at);
        announce(waiting.orderId());
    }

    @EventHandler
    void on(OrderConfirmed confirmed, @Timestamp Instant at) {
        rows.setConfirmed(confirmed.orderId(), confirmed.waitingOn(), at);
        announce(confirmed.orderId());
    }

    @EventHandler
    void on(CancellationRequested requested, @Timestamp Instant at) {
        rows.setCancellationRequested(requested.orderId(), at);
        announce(requested.orderId());
    }

    @EventHandler
    void on(OrderDispatched dispatched, @Timestamp Instant at) {
        int units = dispatched.lines().stream().mapToInt(line -> line.quantity().value()).sum();
        rows.setDispatched(dispatched.orderId(), units, at);
        announce(dispatched.orderId());
    }

    @EventHandler
    void on(OrderCompleted completed, @Timestamp Instant at) {
        rows.setEnded(completed.orderId(), OrderStatus.COMPLETED, null, null, at);
        announce(completed.orderId());
    }

    @EventHandler
    void on(OrderCancelled cancelled, @Timestamp Instant at) {
        rows.setEnded(cancelled.orderId(), OrderStatus.CANCELLED, null, null, at);
        announce(cancelled.orderId());
    }

    @EventHandler
    void on(OrderRejected rejected, @Timestamp Instant at) {
        rows.setEnded(rejected.orderId(), OrderStatus.REJECTED, rejected.code(), rejected.detail(), at);
        announce(rejected.orderId());
    }

    @EventHandler
    void on(PaymentFact fact, @Timestamp Instant at) {
        rows.setPaymentStatus(fact.orderId(), fact.paymentStatus(), at);
        announce(fact.orderId());
    }

    @EventHandler
    void on(StockFact fact, @Timestamp Instant at) {
        rows.changeStock(fact.orderId(), fact.sku(), fact.reservedChange(), fact.shippedChange(), at);
        announce(fact.orderId());
    }

    @EventHandler
    void on(SkuFact fact) {
        skus.add(fact.sku());
    }

    @ResetHandler
    void reset() {
        rows.removeAll();
        skus.removeAll();
    }

    @QueryHandler
    Optional<OrderView> answer(FindOrder query) {
        return views.find(query.orderId());
    }

    @QueryHandler
    OrderPage answer(ListOrders query) {
        return views.list(query);
    }

    /** Most of the time nobody waits; who does is asked after the commit, so that nobody is missed in between. */
    private void announce(OrderId id) {
        CurrentUnitOfWork.get().afterCommit(committed -> {
            if (isAwaited(id)) {
                views.find(id).ifPresent(view ->
                        updates.emit(FindOrder.class, query -> query.orderId().equals(id), view));
            }
        });
    }

    private boolean isAwaited(OrderId id) {
        return updates.activeSubscriptions().stream().anyMatch(subscription ->
                subscription.getPayload() instanceof FindOrder query && query.orderId().equals(id));
    }
}
