package io.orderflow.inventory.command;

import io.orderflow.shared.Sku;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** A command about the stock of one SKU. */
public sealed interface StockTask permits ReceiveStock, AdjustStock, ReserveStock, ReleaseStock, ShipStock,
        ReturnStock {

    Sku sku();

    @TargetAggregateIdentifier
    default String stockItemId() {
        return sku().stockItemId();
    }
}
