package io.orderflow.inventory.command;

import io.orderflow.platform.spi.PermanentRequest;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;

/** Put delivered units on the shelf; the first receipt makes the SKU known. */
public record ReceiveStock(Sku sku, String movementId, Quantity quantity, String note)
        implements StockTask, PermanentRequest {
}
