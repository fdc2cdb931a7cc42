package io.orderflow.inventory.command;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;

/**
 * Take back units that a customer returned; always answered by StockReturned.
 *
 * @param damaged whether the units cannot be sold again, in which case the level does not change
 */
public record ReturnStock(Sku sku, OrderId orderId, String returnId, Quantity quantity, boolean damaged)
        implements StockTask {
}
