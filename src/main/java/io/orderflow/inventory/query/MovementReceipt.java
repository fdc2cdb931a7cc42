package io.orderflow.inventory.query;

import io.orderflow.shared.Sku;
import io.orderflow.shared.StoredAs;

/**
 * The result of a receipt or an adjustment, in units.
 *
 * @param movementId id of the movement, {@code mov_…}
 * @param change     units added, or removed when negative; 0 when a count agreed with the level
 * @param onHand     units on hand afterwards
 * @param reserved   of these, reserved for open orders
 */
@StoredAs("inventory.MovementReceipt")
public record MovementReceipt(String movementId, Sku sku, int change, int onHand, int reserved) {
}
