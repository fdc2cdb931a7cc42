package io.orderflow.inventory.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import io.orderflow.shared.StockFact;
import io.orderflow.shared.StoredAs;

/**
 * Units came back from a customer, and are on the shelf again unless they are damaged.
 *
 * @param damaged whether they cannot be sold again, so that no level changed
 */
@StoredAs("inventory.StockReturned")
public record StockReturned(Sku sku, OrderId orderId, String returnId, Quantity quantity, boolean damaged)
        implements StockFact {

    @Override
    public int reservedChange() {
        return 0;
    }

    @Override
    public int shippedChange() {
        return 0;
    }

    @Override
    public int returnedChange() {
        return quantity.value();
    }
}
