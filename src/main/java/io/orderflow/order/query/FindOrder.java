package io.orderflow.order.query;

import io.orderflow.shared.OrderId;

/** One order as it stands; answered by an optional {@link OrderView}. Subscribers get every later state. */
public record FindOrder(OrderId orderId) {
}
