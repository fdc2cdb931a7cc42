package io.orderflow.inventory.command;

import io.orderflow.platform.spi.PermanentRequest;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import org.jspecify.annotations.Nullable;

/** Add delivered units to the units on hand; the first receipt makes the SKU known. */
public record ReceiveStock(Sku sku, String movementId, Quantity quantity, @Nullable String note)
        implements StockTask, PermanentRequest {
}
