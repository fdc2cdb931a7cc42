package io.orderflow.inventory.query;

import io.orderflow.shared.Sku;
import io.orderflow.shared.Versioned;
import java.time.Instant;

/**
 * The level of one SKU, in units.
 *
 * @param onHand    units in the warehouse
 * @param reserved  of these, reserved for open orders
 * @param available on hand less reserved
 * @param version   grows with every movement
 * @param updatedAt UTC
 */
public record StockView(Sku sku, int onHand, int reserved, int available, long version, Instant updatedAt)
        implements Versioned {
}
