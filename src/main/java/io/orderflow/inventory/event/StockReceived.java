package io.orderflow.inventory.event;

import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import io.orderflow.shared.SkuFact;
import io.orderflow.shared.StoredAs;

/** Delivered units are on the shelf. */
@StoredAs("inventory.StockReceived")
public record StockReceived(Sku sku, String movementId, Quantity quantity, String note) implements SkuFact {
}
