package io.orderflow.order.event;

import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;

/** Units of one SKU in a shipment. */
public record DispatchedLine(Sku sku, Quantity quantity) {
}
