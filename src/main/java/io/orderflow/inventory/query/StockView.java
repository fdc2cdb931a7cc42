package io.orderflow.inventory.query;

import io.orderflow.shared.Sku;
import io.orderflow.shared.Versioned;
import java.time.Instant;

/**
 * The level of one SKU, in units.
 *
 * @param onHand    in the warehouse
 * @param reserved  of these, held for open orders
 * @param available what a new order can have: on hand less reserved
 * @param version   grows with every movement
 * @param updatedAt UTC
 */
public record StockView(Sku sku, int onHand, int reserved, int available, long version, Instant updatedAt)
        implements Versioned {
}
