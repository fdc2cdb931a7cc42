package io.orderflow.order.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;

/**
 * Whom an order waits on has changed without any other fact that says so: a deadline passed, something failed, or
 * somebody had it go on.
 *
 * @param waitingOn null when the order is terminal and its returns and refunds are settled
 */
@StoredAs("order.OrderWaiting")
public record OrderWaiting(OrderId orderId, WaitingOn waitingOn) implements WaitFact {
}
