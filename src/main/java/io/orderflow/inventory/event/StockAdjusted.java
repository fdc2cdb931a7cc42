package io.orderflow.inventory.event;

import io.orderflow.shared.Sku;
import io.orderflow.shared.SkuFact;
import io.orderflow.shared.StoredAs;

/** What is on hand was corrected by so many units, up or down. */
@StoredAs("inventory.StockAdjusted")
public record StockAdjusted(Sku sku, String movementId, int change, String reason, String note) implements SkuFact {
}
