package io.orderflow.order.event;

import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitingOn;

/**
 * One of two matters of an order waits on somebody; what the order shows of it is told by OrderWaiting.
 *
 * @param waitingOn null when the matter waits on nothing any more
 */
@StoredAs("order.WaitNoted")
public record WaitNoted(OrderId orderId, Matter matter, WaitingOn waitingOn) implements OrderFact {
}
