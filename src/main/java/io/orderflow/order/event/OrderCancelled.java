package io.orderflow.order.event;

import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;

/** The order is undone at somebody's wish: nothing is held and no money is kept. */
@StoredAs("order.OrderCancelled")
public record OrderCancelled(OrderId orderId, String reason) implements OrderFact {
}
