package io.orderflow.inventory;

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
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;

/** What happens to the mugs of the test shop. */
final class Stock {

    static final Sku MUG = new Sku("MUG");
    static final OrderId ANNA = new OrderId("ord_anna");
    static final OrderId BERT = new OrderId("ord_bert");

    private Stock() {
    }

    static ReceiveStock receive(int units) {
        return new ReceiveStock(MUG, "mov_delivery" + units, new Quantity(units), "from the potter");
    }

    static StockReceived received(int units) {
        return new StockReceived(MUG, "mov_delivery" + units, new Quantity(units), "from the potter");
    }

    static AdjustStock change(int units) {
        return new AdjustStock(MUG, "mov_change", units, null, null, "damaged", "fell", ExpectedVersion.ANY);
    }

    static AdjustStock changeAt(long version, int units) {
        return new AdjustStock(MUG, "mov_change", units, null, null, "damaged", "fell", new ExpectedVersion(version));
    }

    static AdjustStock count(int units) {
        return new AdjustStock(MUG, "mov_count", null, units, null, "count", null, ExpectedVersion.ANY);
    }

    static AdjustStock countExpecting(int expected, int units) {
        return new AdjustStock(MUG, "mov_count", null, units, expected, "count", null, ExpectedVersion.ANY);
    }

    static StockAdjusted changed(int units) {
        return new StockAdjusted(MUG, "mov_change", units, "damaged", "fell");
    }

    static StockAdjusted counted(int change) {
        return new StockAdjusted(MUG, "mov_count", change, "count", null);
    }

    static ReserveStock reserve(OrderId order, int units) {
        return new ReserveStock(MUG, order, new Quantity(units));
    }

    static StockReserved reserved(OrderId order, int units) {
        return new StockReserved(MUG, order, new Quantity(units));
    }

    static StockRefused refused(OrderId order, int units, int available, String code) {
        return new StockRefused(MUG, order, new Quantity(units), new Quantity(available), code);
    }

    static ReleaseStock release(OrderId order) {
        return new ReleaseStock(MUG, order);
    }

    static StockReleased released(OrderId order, int units) {
        return new StockReleased(MUG, order, new Quantity(units));
    }

    static ShipStock ship(OrderId order, String shipmentId, int units) {
        return new ShipStock(MUG, order, shipmentId, new Quantity(units));
    }

    static StockShipped shipped(OrderId order, String shipmentId, int units) {
        return new StockShipped(MUG, order, shipmentId, new Quantity(units));
    }

    static ReturnStock takeBack(OrderId order, String returnId, int units) {
        return new ReturnStock(MUG, order, returnId, new Quantity(units), false);
    }

    static ReturnStock takeBackDamaged(OrderId order, String returnId, int units) {
        return new ReturnStock(MUG, order, returnId, new Quantity(units), true);
    }

    static StockReturned returned(OrderId order, String returnId, int units) {
        return new StockReturned(MUG, order, returnId, new Quantity(units), false);
    }

    static StockReturned returnedDamaged(OrderId order, String returnId, int units) {
        return new StockReturned(MUG, order, returnId, new Quantity(units), true);
    }

    static MovementReceipt receipt(String movementId, int change, int onHand, int reserved) {
        return new MovementReceipt(movementId, MUG, change, onHand, reserved);
    }
}
