package io.orderflow.inventory.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import io.orderflow.shared.StockFact;
import io.orderflow.shared.StoredAs;

/**
 * Stock could not be reserved; nothing was changed.
 *
 * @param quantity  units requested
 * @param available units that were available
 * @param code      {@code out_of_stock} or {@code unknown_sku}
 */
@StoredAs("inventory.StockRefused")
public record StockRefused(Sku sku, OrderId orderId, Quantity quantity, Quantity available, String code)
        implements StockFact {
}
