package io.orderflow.inventory.command;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.Sku;

/** Give back whatever an order still holds; always answered by StockReleased. */
public record ReleaseStock(Sku sku, OrderId orderId) implements StockTask {
}
