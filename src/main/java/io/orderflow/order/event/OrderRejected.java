package io.orderflow.order.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;

/** The order could not be fulfilled: nothing is held and no money is kept. */
@StoredAs("order.OrderRejected")
public record OrderRejected(OrderId orderId, String code, String detail) implements WaitFact {

    /** Nothing is awaited any more. */
    @Override
    public WaitingOn waitingOn() {
        return null;
    }
}
