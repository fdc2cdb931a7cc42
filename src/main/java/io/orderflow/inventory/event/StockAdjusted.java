package io.orderflow.inventory.event;

import io.orderflow.shared.Sku;
import io.orderflow.shared.SkuFact;
import io.orderflow.shared.StoredAs;
import org.jspecify.annotations.Nullable;

/** The units on hand were corrected by a positive or negative change. */
@StoredAs("inventory.StockAdjusted")
public record StockAdjusted(Sku sku, String movementId, int change, String reason, @Nullable String note)
        implements SkuFact {
}
