package io.orderflow.order.event;

import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import org.axonframework.serialization.Revision;

/** The order is undone at somebody's wish: nothing is held and no money is kept. */
@StoredAs("order.OrderCancelled")
@Revision("1")
public record OrderCancelled(OrderId orderId, String reason) implements OrderFact {
}
