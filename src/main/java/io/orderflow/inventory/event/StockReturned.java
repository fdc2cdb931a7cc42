package io.orderflow.inventory.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import io.orderflow.shared.StockFact;
import io.orderflow.shared.StoredAs;

/**
 * A customer returned units; they are on hand again unless they are damaged.
 *
 * @param damaged whether the units cannot be sold again, in which case the level did not change
 */
@StoredAs("inventory.StockReturned")
public record StockReturned(Sku sku, OrderId orderId, String returnId, Quantity quantity, boolean damaged)
        implements StockFact {

    @Override
    public int returnedChange() {
        return quantity.value();
    }
}
