package io.orderflow.fulfillment;

import io.orderflow.shared.StoredAs;

/**
 * What a deadline carries.
 *
 * @param round tells this deadline of an order from its earlier ones, which may still fire
 */
@StoredAs("fulfillment.Overdue")
record Overdue(int round) {
}
