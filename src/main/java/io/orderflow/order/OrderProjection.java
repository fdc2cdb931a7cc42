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
import io.orderflow.order.query.FindOrder;
import io.orderflow.order.query.ListOrders;
import io.orderflow.order.query.OrderPage;
import io.orderflow.order.query.OrderStatus;
import io.orderflow.order.query.OrderView;
import io.orderflow.platform.spi.KeepsOrders;
import io.orderflow.platform.spi.LiveUpdates;
import io.orderflow.platform.spi.ProjectedTables;
import io.orderflow.shared.OrderFact;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.SkuFact;
import io.orderflow.shared.StockFact;
import io.orderflow.shared.StorableText;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps the order resource up to date. Knows of payments and stock only as {@link PaymentFact}s and
 * {@link StockFact}s.
 */
@Component
@ProcessingGroup(OrderProjection.GROUP)
@ProjectedTables({"orders.customer_order", "orders.order_line", "orders.order_return"})
class OrderProjection implements KeepsOrders {

    static final String GROUP = "order-projection";

    private static final String SEQUENCE = " sequence = ?,";
    private static final String STATUS = " status = ?,";
    private static final int LONGEST_CODE = 64;
    private static final int LONGEST_DETAIL = 500;

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
        rows.add(placed);
        updates.announce(placed.orderId());
    }

    @EventHandler
    void on(OrderWaiting waiting, @SequenceNumber long sequence, @Timestamp Instant at) {
        if (Objects.equals(waiting.waits().shown(), rows.waitingOn(waiting.orderId()))) {
            rows.setReached(waiting, sequence);
        } else {
            change(waiting, at, SEQUENCE, sequence);
        }
    }

    @EventHandler
    void on(OrderConfirmed confirmed, @SequenceNumber long sequence, @Timestamp Instant at) {
        change(confirmed, at, SEQUENCE + STATUS, sequence, OrderStatus.CONFIRMED.name());
    }

    @EventHandler
    void on(CancellationRequested requested, @SequenceNumber long sequence, @Timestamp Instant at) {
        change(requested, at, SEQUENCE + " cancellation_requested = TRUE,", sequence);
    }

    @EventHandler
    void on(OrderDispatched dispatched, @SequenceNumber long sequence, @Timestamp Instant at) {
        int units = dispatched.lines().stream().mapToInt(line -> line.quantity().value()).sum();
        change(dispatched, at, SEQUENCE + STATUS + " open_units = open_units - ?, customer_units = customer_units + ?,",
                sequence, OrderStatus.DISPATCHED.name(), units, units);
    }

    @EventHandler
    void on(OrderCompleted completed, @SequenceNumber long sequence, @Timestamp Instant at) {
        change(completed, at, SEQUENCE + STATUS, sequence, OrderStatus.COMPLETED.name());
    }

    @EventHandler
    void on(OrderCancelled cancelled, @SequenceNumber long sequence, @Timestamp Instant at) {
        change(cancelled, at, SEQUENCE + STATUS, sequence, OrderStatus.CANCELLED.name());
    }

    @EventHandler
    void on(OrderRejected rejected, @SequenceNumber long sequence, @Timestamp Instant at) {
        change(rejected, at, SEQUENCE + STATUS + " rejection_code = ?, rejection_detail = ?,", sequence,
                OrderStatus.REJECTED.name(), StorableText.cut(rejected.code(), LONGEST_CODE),
                StorableText.cut(rejected.detail(), LONGEST_DETAIL));
    }

    @EventHandler
    void on(GoodsReturned returned, @SequenceNumber long sequence, @Timestamp Instant at) {
        int units = returned.lines().stream().mapToInt(line -> line.quantity().value()).sum();
        rows.addReturn(returned);
        change(returned, at, SEQUENCE + " customer_units = customer_units - ?,", sequence, units);
    }

    @EventHandler
    void on(ReturnClosed closed, @SequenceNumber long sequence, @Timestamp Instant at) {
        rows.closeReturn(closed);
        change(closed, at, SEQUENCE, sequence);
    }

    @EventHandler
    void on(ResumptionRequested requested, @SequenceNumber long sequence) {
        rows.setReached(requested, sequence);
    }

    @EventHandler
    void on(PaymentFact fact, @Timestamp Instant at) {
        change(fact, at, " payment_status = ?,", fact.paymentStatus().name());
    }

    @EventHandler
    void on(StockFact fact, @Timestamp Instant at) {
        rows.changeStock(fact);
        change(fact, at, "");
    }

    @EventHandler
    void on(SkuFact fact) {
        skus.add(fact.sku());
    }

    /** Keeps the SKUs: orders are placed while the projection is rebuilt, and an SKU never becomes unknown. */
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

    private void change(OrderFact fact, Instant at, String assignments, @Nullable Object... values) {
        rows.change(fact, at, assignments, values);
        updates.announce(fact.orderId());
    }
}
