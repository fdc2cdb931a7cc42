package io.orderflow.inventory.query;

import io.orderflow.shared.Sku;

/** The level of one SKU; answered by an optional {@link StockView}. */
public record FindStock(Sku sku) {
}
