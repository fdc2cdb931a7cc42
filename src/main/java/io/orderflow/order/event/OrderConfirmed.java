package io.orderflow.order.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;

/** Stock is held and money is authorized: the order can be dispatched. */
@StoredAs("order.OrderConfirmed")
public record OrderConfirmed(OrderId orderId, WaitingOn waitingOn) implements WaitFact {
}
