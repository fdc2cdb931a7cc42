package io.orderflow.order.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;

/**
 * Everything ordered has left the warehouse and is paid for.
 *
 * @param waitingOn what the order still waits on because of a return or a refund, null in general
 */
@StoredAs("order.OrderCompleted")
public record OrderCompleted(OrderId orderId, WaitingOn waitingOn) implements WaitFact {

    public OrderCompleted(OrderId orderId) {
        this(orderId, null);
    }
}
