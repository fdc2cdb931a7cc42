package io.orderflow.inventory.command;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;

/** Remove reserved units from the warehouse with a shipment. */
public record ShipStock(Sku sku, OrderId orderId, String shipmentId, Quantity quantity) implements StockTask {
}
