package io.orderflow.inventory.command;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.Sku;

/** Release all units still reserved for an order; always answered by StockReleased. */
public record ReleaseStock(Sku sku, OrderId orderId) implements StockTask {
}
