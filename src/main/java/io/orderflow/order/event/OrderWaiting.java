package io.orderflow.order.event;

import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitingOn;

/**
 * An order waits on somebody, and says on whom, for what and until when.
 *
 * @param waitingOn null when the order is terminal and its returns and refunds are settled
 */
@StoredAs("order.OrderWaiting")
public record OrderWaiting(OrderId orderId, WaitingOn waitingOn) implements OrderFact {
}
