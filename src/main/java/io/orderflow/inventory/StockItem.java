package io.orderflow.inventory;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.inventory.command.AdjustStock;
import io.orderflow.inventory.command.ReceiveStock;
import io.orderflow.inventory.command.ReleaseStock;
import io.orderflow.inventory.command.ReserveStock;
import io.orderflow.inventory.command.ReturnStock;
import io.orderflow.inventory.command.ShipStock;
import io.orderflow.inventory.event.StockAdjusted;
import io.orderflow.inventory.event.StockReceived;
import io.orderflow.inventory.event.StockRefused;
import io.orderflow.inventory.event.StockReleased;
import io.orderflow.inventory.event.StockReserved;
import io.orderflow.inventory.event.StockReturned;
import io.orderflow.inventory.event.StockShipped;
import io.orderflow.inventory.query.MovementReceipt;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.Sku;
import io.orderflow.shared.StoredAs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * Stock of one SKU. Also created for a SKU that was never received, because orders may ask for it.
 */
@Aggregate(cache = "aggregateCache", snapshotTriggerDefinition = "stockItemSnapshots")
@StoredAs("inventory.StockItem")
@Revision("1")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
class StockItem {

    /** Receipts and adjustments recognized when they are repeated. */
    private static final int REMEMBERED_MOVEMENTS = 100;
    /** Shipments recognized when they are repeated after they emptied the hold of their order. */
    private static final int REMEMBERED_SHIPMENTS = 100;
    /** Returns recognized when they are repeated, possibly hours later and after many others. */
    private static final int REMEMBERED_RETURNS = 1000;

    @AggregateIdentifier
    private String stockItemId;
    private Sku sku;
    private boolean known;
    /** Sequence number of the last event that changed the level; the entity tag of the level. */
    private long version;
    private Level level = Level.EMPTY;
    private Map<OrderId, Hold> holds = new LinkedHashMap<>();
    private LinkedHashMap<String, MovementReceipt> lastMovements = new LinkedHashMap<>();
    private List<String> lastShipments = new ArrayList<>();
    private LinkedHashSet<String> lastReturns = new LinkedHashSet<>();

    StockItem() {
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    MovementReceipt handle(ReceiveStock command) {
        if (!lastMovements.containsKey(command.movementId())) {
            level.requireRoomFor(command.quantity());
            apply(new StockReceived(command.sku(), command.movementId(), command.quantity(), command.note()));
        }
        return lastMovements.get(command.movementId());
    }

    @EventSourcingHandler
    void on(StockReceived event, @SequenceNumber long sequence) {
        identify(event.sku());
        known = true;
        change(sequence, event.quantity().value(), 0);
        remember(receipt(event.movementId(), event.quantity().value()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    MovementReceipt handle(AdjustStock command) {
        if (lastMovements.containsKey(command.movementId())) {
            return lastMovements.get(command.movementId());
        }
        requireKnown(command.sku());
        command.expectedVersion().require(version);
        int change = level.changeBy(command);
        if (change != 0) {
            apply(new StockAdjusted(sku, command.movementId(), change, command.reason(), command.note()));
        }
        return receipt(command.movementId(), change);
    }

    @EventSourcingHandler
    void on(StockAdjusted event, @SequenceNumber long sequence) {
        change(sequence, event.change(), 0);
        remember(receipt(event.movementId(), event.change()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ReserveStock command) {
        if (holds.containsKey(command.orderId())) {
            return;
        }
        if (known && level.available().compareTo(command.quantity()) >= 0) {
            apply(new StockReserved(sku, command.orderId(), command.quantity()));
        } else {
            apply(new StockRefused(command.sku(), command.orderId(), command.quantity(), level.available(),
                    known ? "out_of_stock" : "unknown_sku"));
        }
    }

    @EventSourcingHandler
    void on(StockReserved event, @SequenceNumber long sequence) {
        change(sequence, 0, event.reservedChange());
        holds.put(event.orderId(), Hold.of(event.quantity()));
    }

    @EventSourcingHandler
    void on(StockRefused event) {
        identify(event.sku());
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ReleaseStock command) {
        apply(new StockReleased(command.sku(), command.orderId(), holdOf(command.orderId()).quantity()));
    }

    @EventSourcingHandler
    void on(StockReleased event, @SequenceNumber long sequence) {
        identify(event.sku());
        change(event.quantity().isZero() ? version : sequence, 0, event.reservedChange());
        holds.remove(event.orderId());
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ShipStock command) {
        Hold hold = holdOf(command.orderId());
        if (hold.shipments().contains(command.shipmentId()) || lastShipments.contains(command.shipmentId())) {
            return;
        }
        requireHeld(hold, command);
        apply(new StockShipped(sku, command.orderId(), command.shipmentId(), command.quantity()));
    }

    @EventSourcingHandler
    void on(StockShipped event, @SequenceNumber long sequence) {
        change(sequence, -event.shippedChange(), event.reservedChange());
        Hold rest = holdOf(event.orderId()).less(event.quantity(), event.shipmentId());
        if (rest.quantity().isZero()) {
            holds.remove(event.orderId());
            lastShipments.add(event.shipmentId());
            trim(lastShipments, REMEMBERED_SHIPMENTS);
        } else {
            holds.put(event.orderId(), rest);
        }
    }

    /** Never refused, even beyond the maximum on hand: the units are physically in the warehouse. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ReturnStock command) {
        if (!lastReturns.contains(part(command.returnId(), command.damaged()))) {
            apply(new StockReturned(command.sku(), command.orderId(), command.returnId(), command.quantity(),
                    command.damaged()));
        }
    }

    @EventSourcingHandler
    void on(StockReturned event, @SequenceNumber long sequence) {
        identify(event.sku());
        change(sequence, event.damaged() ? 0 : event.returnedChange(), 0);
        lastReturns.add(part(event.returnId(), event.damaged()));
        trim(lastReturns, REMEMBERED_RETURNS);
    }

    /** Sellable and damaged units of one return arrive as separate commands. */
    private static String part(String returnId, boolean damaged) {
        return damaged ? returnId + "/damaged" : returnId;
    }

    private void identify(Sku of) {
        stockItemId = of.stockItemId();
        sku = of;
    }

    private void change(long sequence, int onHandChange, int reservedChange) {
        version = sequence;
        level = level.plus(onHandChange, reservedChange);
    }

    private void remember(MovementReceipt movement) {
        lastMovements.put(movement.movementId(), movement);
        trim(lastMovements.values(), REMEMBERED_MOVEMENTS);
    }

    private static void trim(Collection<?> oldestFirst, int limit) {
        if (oldestFirst.size() > limit) {
            var oldest = oldestFirst.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private Hold holdOf(OrderId orderId) {
        return holds.getOrDefault(orderId, Hold.NONE);
    }

    private MovementReceipt receipt(String movementId, int change) {
        return new MovementReceipt(movementId, sku, change, level.onHand(), level.reserved());
    }

    private void requireKnown(Sku asked) {
        if (!known) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_sku",
                    "There was never any stock of '%s'; receive some first.".formatted(asked));
        }
    }

    private static void requireHeld(Hold hold, ShipStock command) {
        if (hold.quantity().compareTo(command.quantity()) < 0) {
            throw new IllegalStateException("Order %s holds %s of %s and cannot ship %s".formatted(
                    command.orderId(), hold.quantity(), command.sku(), command.quantity()));
        }
    }
}
