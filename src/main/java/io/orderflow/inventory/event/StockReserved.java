package io.orderflow.inventory.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import io.orderflow.shared.StockFact;
import io.orderflow.shared.StoredAs;

/** Units are reserved for an order. */
@StoredAs("inventory.StockReserved")
public record StockReserved(Sku sku, OrderId orderId, Quantity quantity) implements StockFact {

    @Override
    public int reservedChange() {
        return quantity.value();
    }
}
