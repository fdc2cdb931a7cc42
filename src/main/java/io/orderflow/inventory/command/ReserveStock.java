package io.orderflow.inventory.command;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;

/** Reserve units for an order; answered by StockReserved or StockRefused. */
public record ReserveStock(Sku sku, OrderId orderId, Quantity quantity) implements StockTask {
}
