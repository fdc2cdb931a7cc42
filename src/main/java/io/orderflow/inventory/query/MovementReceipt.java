package io.orderflow.inventory.query;

import io.orderflow.shared.Sku;
import io.orderflow.shared.StoredAs;

/**
 * What a receipt or an adjustment did, in units.
 *
 * @param movementId identity of the movement, {@code mov_…}
 * @param change     units that came, negative if they went, 0 when a count agreed
 * @param onHand     in the warehouse afterwards
 * @param reserved   of these, held for open orders
 */
@StoredAs("inventory.MovementReceipt")
public record MovementReceipt(String movementId, Sku sku, int change, int onHand, int reserved) {
}
