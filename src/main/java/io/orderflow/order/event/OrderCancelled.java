package io.orderflow.order.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;

/** The order is undone at somebody's wish: nothing is held and no money is kept. */
@StoredAs("order.OrderCancelled")
public record OrderCancelled(OrderId orderId, String reason) implements WaitFact {

    /** Nothing is awaited any more. */
    @Override
    public WaitingOn waitingOn() {
        return null;
    }
}
