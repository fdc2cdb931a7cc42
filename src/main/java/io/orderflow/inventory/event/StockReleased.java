package io.orderflow.inventory.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import io.orderflow.shared.StockFact;
import io.orderflow.shared.StoredAs;

/** An order holds nothing of the SKU any more; so many units became available, none if none were held. */
@StoredAs("inventory.StockReleased")
public record StockReleased(Sku sku, OrderId orderId, Quantity quantity) implements StockFact {

    @Override
    public int reservedChange() {
        return -quantity.value();
    }

    @Override
    public int shippedChange() {
        return 0;
    }
}
