package io.orderflow.order.event;

import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import org.axonframework.serialization.Revision;

/** Everything ordered has left the warehouse and is paid for. */
@StoredAs("order.OrderCompleted")
@Revision("1")
public record OrderCompleted(OrderId orderId) implements OrderFact {
}
