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
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.Sku;
import io.orderflow.shared.StoredAs;
import java.util.ArrayList;
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
 * The units of one SKU: on hand, and of these held for open orders, so that {@code 0 <= reserved <= onHand} always.
 * Also answers for a SKU that was never received, because orders ask for those too.
 */
@Aggregate(cache = "aggregateCache", snapshotTriggerDefinition = "stockItemSnapshots")
@StoredAs("inventory.StockItem")
@Revision("1")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
class StockItem {

    /** A receipt or correction whose answer was lost may be sent again. */
    private static final int REMEMBERED_MOVEMENTS = 100;
    /** A shipment that emptied its hold leaves no other trace, but may be asked for again. */
    private static final int REMEMBERED_SHIPMENTS = 100;
    /** A return leaves no hold behind, and may be asked for again hours later: by then many others may have come. */
    private static final int REMEMBERED_RETURNS = 1000;

    @AggregateIdentifier
    private String stockItemId;
    private Sku sku;
    private boolean known;
    /** The place of the last movement in the stream: what the level is tagged with. */
    private long version;
    private int onHand;
    private int reserved;
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
            requireUnits(command.quantity());
            requireRoomFor((long) onHand + command.quantity().value());
            apply(new StockReceived(command.sku(), command.movementId(), command.quantity(), command.note()));
        }
        return lastMovements.get(command.movementId());
    }

    @EventSourcingHandler
    void on(StockReceived event, @SequenceNumber long sequence) {
        version = sequence;
        identify(event.sku());
        known = true;
        onHand += event.quantity().value();
        remember(receipt(event.movementId(), event.quantity().value()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    MovementReceipt handle(AdjustStock command) {
        if (lastMovements.containsKey(command.movementId())) {
            return lastMovements.get(command.movementId());
        }
        requireEitherChangeOrCount(command);
        requireKnown(command.sku());
        command.expectedVersion().require(version);
        requireExpected(command.expectedOnHand());
        long corrected = command.counted() == null ? (long) onHand + command.change() : command.counted();
        requireNotBelowReserved(corrected);
        requireRoomFor(corrected);
        int change = (int) corrected - onHand;
        if (change != 0) {
            apply(new StockAdjusted(sku, command.movementId(), change, command.reason(), command.note()));
        }
        return receipt(command.movementId(), change);
    }

    @EventSourcingHandler
    void on(StockAdjusted event, @SequenceNumber long sequence) {
        version = sequence;
        onHand += event.change();
        remember(receipt(event.movementId(), event.change()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ReserveStock command) {
        if (holds.containsKey(command.orderId())) {
            return;
        }
        var available = new Quantity(Math.min(onHand - reserved, Quantity.MAX));
        if (!known) {
            refuse(command, available, "unknown_sku");
        } else if (available.compareTo(command.quantity()) < 0) {
            refuse(command, available, "out_of_stock");
        } else {
            apply(new StockReserved(sku, command.orderId(), command.quantity()));
        }
    }

    @EventSourcingHandler
    void on(StockReserved event, @SequenceNumber long sequence) {
        version = sequence;
        holds.put(event.orderId(), Hold.of(event.quantity()));
        reserved += event.quantity().value();
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
        version = event.quantity().isZero() ? version : sequence;
        identify(event.sku());
        holds.remove(event.orderId());
        reserved -= event.quantity().value();
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ShipStock command) {
        Hold hold = holdOf(command.orderId());
        if (hold.wentWith(command.shipmentId()) || lastShipments.contains(command.shipmentId())) {
            return;
        }
        requireHeld(hold, command);
        apply(new StockShipped(sku, command.orderId(), command.shipmentId(), command.quantity()));
    }

    @EventSourcingHandler
    void on(StockShipped event, @SequenceNumber long sequence) {
        version = sequence;
        onHand -= event.quantity().value();
        reserved -= event.quantity().value();
        Hold rest = holdOf(event.orderId()).less(event.quantity(), event.shipmentId());
        if (rest.quantity().isZero()) {
            holds.remove(event.orderId());
            remember(event.shipmentId());
        } else {
            holds.put(event.orderId(), rest);
        }
    }

    /** Never refused, not even when the shelf is full: the units are here, whether there is room for them or not. */
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
        version = sequence;
        identify(event.sku());
        onHand += event.damaged() ? 0 : event.quantity().value();
        lastReturns.add(part(event.returnId(), event.damaged()));
        if (lastReturns.size() > REMEMBERED_RETURNS) {
            lastReturns.remove(lastReturns.iterator().next());
        }
    }

    /** Good and damaged units of one return are taken back one by one. */
    private static String part(String returnId, boolean damaged) {
        return damaged ? returnId + "/damaged" : returnId;
    }

    private void identify(Sku of) {
        stockItemId = of.stockItemId();
        sku = of;
    }

    private void remember(MovementReceipt movement) {
        lastMovements.put(movement.movementId(), movement);
        if (lastMovements.size() > REMEMBERED_MOVEMENTS) {
            lastMovements.remove(lastMovements.keySet().iterator().next());
        }
    }

    private void remember(String shipmentId) {
        lastShipments.add(shipmentId);
        if (lastShipments.size() > REMEMBERED_SHIPMENTS) {
            lastShipments.remove(0);
        }
    }

    private Hold holdOf(OrderId orderId) {
        return holds.getOrDefault(orderId, Hold.NONE);
    }

    private MovementReceipt receipt(String movementId, int change) {
        return new MovementReceipt(movementId, sku, change, onHand, reserved);
    }

    private static void refuse(ReserveStock command, Quantity available, String code) {
        apply(new StockRefused(command.sku(), command.orderId(), command.quantity(), available, code));
    }

    private static void requireUnits(Quantity quantity) {
        if (quantity.isZero()) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid_quantity", "Receive at least one unit.");
        }
    }

    private void requireRoomFor(long units) {
        if (units > Quantity.MAX && units > onHand) {
            throw new Refusal(Refusal.Kind.INVALID, "quantity_too_large",
                    "This would make it %s units on hand; there is room for %s.".formatted(units, Quantity.MAX),
                    Map.of("on_hand", onHand, "maximum", Quantity.MAX));
        }
    }

    private static void requireEitherChangeOrCount(AdjustStock command) {
        boolean change = command.change() != null;
        boolean count = command.counted() != null;
        if (change == count || change && command.change() == 0) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid_adjustment",
                    "Say either by how many units to change the stock (not 0), or how many were counted.");
        }
    }

    private void requireKnown(Sku asked) {
        if (!known) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_sku",
                    "There was never any stock of '%s'; receive some first.".formatted(asked));
        }
    }

    private void requireExpected(Integer expected) {
        if (expected != null && expected != onHand) {
            throw new Refusal(Refusal.Kind.CONFLICT, "stock_changed",
                    "There are %s units on hand, not %s as expected; count again.".formatted(onHand, expected),
                    Map.of("expected", expected, "on_hand", onHand));
        }
    }

    private void requireNotBelowReserved(long units) {
        if (units < reserved) {
            throw new Refusal(Refusal.Kind.CONFLICT, "below_reserved",
                    "This would leave %s units on hand, but %s are held for open orders; cancel some of those first."
                            .formatted(units, reserved),
                    Map.of("on_hand", onHand, "reserved", reserved, "requested", units));
        }
    }

    private void requireHeld(Hold hold, ShipStock command) {
        if (hold.quantity().compareTo(command.quantity()) < 0) {
            throw new IllegalStateException("Order %s holds %s of %s and cannot ship %s".formatted(
                    command.orderId(), hold.quantity(), command.sku(), command.quantity()));
        }
    }
}
