package io.orderflow.inventory.query;

import io.orderflow.shared.Sku;

/**
 * The movements of one SKU, newest first; answered by a {@link MovementPage}.
 *
 * @param cursor of the page before, null for the first
 * @param limit  1 to 200
 */
public record ListMovements(Sku sku, String cursor, int limit) {
}
