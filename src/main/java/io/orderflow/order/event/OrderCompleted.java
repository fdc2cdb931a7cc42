package io.orderflow.order.event;

import io.orderflow.shared.AddedIn;
import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitingOn;
import org.axonframework.serialization.Revision;

/**
 * Everything ordered has left the warehouse and is paid for.
 *
 * @param waitingOn what the order still waits on because of a return or a refund, null in general; revision 1 was of a
 *                  time when there was nothing that it could wait on
 */
@StoredAs("order.OrderCompleted")
@Revision("2")
public record OrderCompleted(OrderId orderId, @AddedIn(2) WaitingOn waitingOn) implements OrderFact {

    public OrderCompleted(OrderId orderId) {
        this(orderId, null);
    }
}
