package io.orderflow.inventory.query;

/**
 * The levels of all SKUs in their order; answered by a {@link StockPage}.
 *
 * @param cursor of the page before, null for the first
 * @param limit  1 to 200
 */
public record ListStock(String cursor, int limit) {
}
