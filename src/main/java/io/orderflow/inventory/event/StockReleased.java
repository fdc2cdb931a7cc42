package io.orderflow.inventory.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import io.orderflow.shared.StockFact;
import io.orderflow.shared.StoredAs;

/** No units of the SKU are reserved for the order any more; the quantity released may be 0. */
@StoredAs("inventory.StockReleased")
public record StockReleased(Sku sku, OrderId orderId, Quantity quantity) implements StockFact {

    @Override
    public int reservedChange() {
        return -quantity.value();
    }
}
