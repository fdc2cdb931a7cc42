package io.orderflow.inventory;

import io.orderflow.inventory.MovementView.Kind;
import io.orderflow.inventory.event.StockAdjusted;
import io.orderflow.inventory.event.StockReceived;
import io.orderflow.inventory.event.StockReleased;
import io.orderflow.inventory.event.StockReserved;
import io.orderflow.inventory.event.StockReturned;
import io.orderflow.inventory.event.StockShipped;
import io.orderflow.inventory.query.FindStock;
import io.orderflow.inventory.query.FindStockLevels;
import io.orderflow.inventory.query.StockView;
import io.orderflow.platform.spi.LiveUpdates;
import io.orderflow.platform.spi.ProjectedTables;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.springframework.stereotype.Component;

/** Projects the movements of each SKU and the level that they add up to. */
@Component
@ProcessingGroup(StockProjection.GROUP)
@ProjectedTables({"inventory.stock", "inventory.movement"})
class StockProjection {

    static final String GROUP = "inventory-projection";

    private final StockRows rows;
    private final LiveUpdates<FindStock> updates;

    StockProjection(StockRows rows, QueryUpdateEmitter emitter) {
        this.rows = rows;
        this.updates = new LiveUpdates<>(emitter, FindStock.class, FindStock::sku, query -> rows.find(query.sku()));
    }

    @EventHandler
    void on(StockReceived event, @SequenceNumber long sequence, @Timestamp Instant at) {
        move(new MovementView(event.sku(), sequence, Kind.RECEIVED, event.quantity().value(), 0, null,
                event.movementId(), null, event.note(), at));
    }

    @EventHandler
    void on(StockAdjusted event, @SequenceNumber long sequence, @Timestamp Instant at) {
        move(new MovementView(event.sku(), sequence, Kind.ADJUSTED, event.change(), 0, null,
                event.movementId(), event.reason(), event.note(), at));
    }

    @EventHandler
    void on(StockReserved event, @SequenceNumber long sequence, @Timestamp Instant at) {
        move(new MovementView(event.sku(), sequence, Kind.RESERVED, 0, event.reservedChange(), event.orderId(),
                null, null, null, at));
    }

    @EventHandler
    void on(StockReleased event, @SequenceNumber long sequence, @Timestamp Instant at) {
        if (!event.quantity().isZero()) {
            move(new MovementView(event.sku(), sequence, Kind.RELEASED, 0, event.reservedChange(), event.orderId(),
                    null, null, null, at));
        }
    }

    @EventHandler
    void on(StockShipped event, @SequenceNumber long sequence, @Timestamp Instant at) {
        move(new MovementView(event.sku(), sequence, Kind.SHIPPED, -event.shippedChange(), event.reservedChange(),
                event.orderId(), event.shipmentId(), null, null, at));
    }

    /** Damaged units change no level, so that their number is in the note only. */
    @EventHandler
    void on(StockReturned event, @SequenceNumber long sequence, @Timestamp Instant at) {
        move(event.damaged()
                ? new MovementView(event.sku(), sequence, Kind.RETURNED_DAMAGED, 0, 0, event.orderId(),
                        event.returnId(), null, "%s returned damaged".formatted(event.quantity()), at)
                : new MovementView(event.sku(), sequence, Kind.RETURNED, event.returnedChange(), 0, event.orderId(),
                        event.returnId(), null, null, at));
    }

    @ResetHandler
    void reset() {
        rows.clear();
    }

    @QueryHandler
    Optional<StockView> answer(FindStock query) {
        return rows.find(query.sku());
    }

    @QueryHandler
    List<StockView> answer(FindStockLevels query) {
        return rows.levels(query.skus());
    }

    private void move(MovementView movement) {
        if (rows.add(movement)) {
            updates.announce(movement.sku());
        }
    }
}
