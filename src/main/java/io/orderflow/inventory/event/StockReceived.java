package io.orderflow.inventory.event;

import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import io.orderflow.shared.SkuFact;
import io.orderflow.shared.StoredAs;
import org.jspecify.annotations.Nullable;

/** Delivered units are on hand. */
@StoredAs("inventory.StockReceived")
public record StockReceived(Sku sku, String movementId, Quantity quantity, @Nullable String note) implements SkuFact {
}
