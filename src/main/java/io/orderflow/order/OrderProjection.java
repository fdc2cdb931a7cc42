package io.orderflow.order;

import io.orderflow.order.event.CancellationRequested;
import io.orderflow.order.event.GoodsReturned;
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
import io.orderflow.order.OrderRows.Mark;
import io.orderflow.order.query.FindOrder;
import io.orderflow.order.query.ListOrders;
import io.orderflow.order.query.OrderPage;
import io.orderflow.order.query.OrderStatus;
import io.orderflow.order.query.OrderView;
import io.orderflow.shared.KeepsOrders;
import io.orderflow.shared.PaymentFact;
import io.orderflow.platform.spi.LiveUpdates;
import io.orderflow.platform.spi.ProjectedTables;
import io.orderflow.shared.SkuFact;
import io.orderflow.shared.StockFact;
import io.orderflow.shared.WaitFact;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
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
@ProcessingGroup(OrderProjection.GROUP)
@ProjectedTables({"orders.customer_order", "orders.order_line", "orders.order_return"})
class OrderProjection implements KeepsOrders {

    static final String GROUP = "order-projection";

    private final OrderRows rows;
    private final OrderViews views;
    private final KnownSkus skus;
    private final LiveUpdates<FindOrder> updates;

    OrderProjection(OrderRows rows, OrderViews views, KnownSkus skus, QueryUpdateEmitter emitter) {
        this.rows = rows;
        this.views = views;
        this.skus = skus;
        this.updates = new LiveUpdates<>(emitter, FindOrder.class, FindOrder::orderId, views::find);
    }

    @EventHandler
    void on(OrderPlaced placed) {
        rows.add(placed, placed.waitingOn());
        updates.announce(placed.orderId());
    }

    @EventHandler
    void on(OrderWaiting waiting, @SequenceNumber long sequence, @Timestamp Instant at) {
        rows.setWaiting(waiting.orderId(), waiting.waitingOn(), new Mark(sequence, at));
        updates.announce(waiting.orderId());
    }

    @EventHandler
    void on(OrderConfirmed confirmed, @SequenceNumber long sequence, @Timestamp Instant at) {
        rows.setConfirmed(confirmed.orderId(), confirmed.waitingOn(), new Mark(sequence, at));
        updates.announce(confirmed.orderId());
    }

    @EventHandler
    void on(CancellationRequested requested, @SequenceNumber long sequence, @Timestamp Instant at) {
        rows.setCancellationRequested(requested.orderId(), new Mark(sequence, at));
        updates.announce(requested.orderId());
    }

    @EventHandler
    void on(OrderDispatched dispatched, @SequenceNumber long sequence, @Timestamp Instant at) {
        int units = dispatched.lines().stream().mapToInt(line -> line.quantity().value()).sum();
        rows.setDispatched(dispatched.orderId(), units, dispatched.waitingOn(), new Mark(sequence, at));
        updates.announce(dispatched.orderId());
    }

    @EventHandler
    void on(OrderCompleted completed, @SequenceNumber long sequence, @Timestamp Instant at) {
        rows.setCompleted(completed.orderId(), completed.waitingOn(), new Mark(sequence, at));
        updates.announce(completed.orderId());
    }

    @EventHandler
    void on(OrderCancelled cancelled, @SequenceNumber long sequence, @Timestamp Instant at) {
        rows.setEnded(cancelled.orderId(), OrderStatus.CANCELLED, null, null, new Mark(sequence, at));
        updates.announce(cancelled.orderId());
    }

    @EventHandler
    void on(OrderRejected rejected, @SequenceNumber long sequence, @Timestamp Instant at) {
        rows.setEnded(rejected.orderId(), OrderStatus.REJECTED, rejected.code(), rejected.detail(),
                new Mark(sequence, at));
        updates.announce(rejected.orderId());
    }

    @EventHandler
    void on(GoodsReturned returned, @SequenceNumber long sequence, @Timestamp Instant at) {
        rows.addReturn(returned, new Mark(sequence, at));
        updates.announce(returned.orderId());
    }

    @EventHandler
    void on(ReturnClosed closed, @SequenceNumber long sequence, @Timestamp Instant at) {
        rows.setReturnClosed(closed.orderId(), closed.returnId(), new Mark(sequence, at));
        updates.announce(closed.orderId());
    }

    /** Says nothing that the resource shows. */
    @EventHandler
    void on(WaitNoted noted, @SequenceNumber long sequence) {
        rows.setReached(noted.orderId(), sequence);
    }

    /** Says nothing that the resource shows. */
    @EventHandler
    void on(ResumptionRequested requested, @SequenceNumber long sequence) {
        rows.setReached(requested.orderId(), sequence);
    }

    @EventHandler
    void on(PaymentFact fact, @Timestamp Instant at) {
        rows.setPaymentStatus(fact.orderId(), fact.paymentStatus(), at);
        if (fact instanceof WaitFact wait) {
            rows.setWaiting(fact.orderId(), wait.waitingOn());
        }
        updates.announce(fact.orderId());
    }

    @EventHandler
    void on(StockFact fact, @Timestamp Instant at) {
        rows.changeStock(fact, at);
        updates.announce(fact.orderId());
    }

    @EventHandler
    void on(SkuFact fact) {
        skus.add(fact.sku());
    }

    /** Forgets the orders but no SKU: orders are taken while this is rebuilt, and an SKU never becomes unknown. */
    @ResetHandler
    void reset() {
        rows.removeAll();
    }

    @Override
    public Set<String> kept(Collection<String> orders) {
        return views.present(orders);
    }

    @QueryHandler
    Optional<OrderView> answer(FindOrder query) {
        return views.find(query);
    }

    @QueryHandler
    OrderPage answer(ListOrders query) {
        return views.list(query);
    }
}
