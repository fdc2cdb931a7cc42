package io.orderflow.order;

import io.orderflow.shared.Money;
import io.orderflow.shared.StoredAs;
import java.time.Instant;

/**
 * What placing an order answers, the same for every repetition.
 *
 * @param placedAt when it was placed first, UTC
 */
@StoredAs("order.Placement")
record Placement(Money total, Instant placedAt) {
}
