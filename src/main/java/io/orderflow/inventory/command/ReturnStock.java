package io.orderflow.inventory.command;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;

/**
 * Take back units that an order's customer returned; always answered by StockReturned.
 *
 * @param damaged whether they cannot be sold again, so that they do not go back on the shelf
 */
public record ReturnStock(Sku sku, OrderId orderId, String returnId, Quantity quantity, boolean damaged)
        implements StockTask {
}
