package io.orderflow.order;

import io.orderflow.shared.Money;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;

/**
 * The answer to the placement of an order, the same for every repetition.
 *
 * @param waitingOn what the order waited for at first
 * @param placedAt  UTC
 */
@StoredAs("order.PlaceOrderResult")
record PlaceOrderResult(Money total, WaitingOn waitingOn, Instant placedAt) {
}
