package io.orderflow.order.event;

import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import org.axonframework.serialization.Revision;

/** The order could not be fulfilled: nothing is held and no money is kept. */
@StoredAs("order.OrderRejected")
@Revision("1")
public record OrderRejected(OrderId orderId, String code, String detail) implements OrderFact {
}
