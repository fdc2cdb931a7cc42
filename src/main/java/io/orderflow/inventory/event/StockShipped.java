package io.orderflow.inventory.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import io.orderflow.shared.StockFact;
import io.orderflow.shared.StoredAs;

/** Reserved units left the warehouse. */
@StoredAs("inventory.StockShipped")
public record StockShipped(Sku sku, OrderId orderId, String shipmentId, Quantity quantity) implements StockFact {

    @Override
    public int reservedChange() {
        return -quantity.value();
    }

    @Override
    public int shippedChange() {
        return quantity.value();
    }
}
