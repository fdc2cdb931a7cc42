package io.orderflow.order.event;

import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;

/** The order could not be fulfilled: nothing is held and no money is kept. */
@StoredAs("order.OrderRejected")
public record OrderRejected(OrderId orderId, String code, String detail) implements OrderFact {
}
