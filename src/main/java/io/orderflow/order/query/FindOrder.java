package io.orderflow.order.query;

import io.orderflow.shared.OrderId;

/**
 * One order as it stands; answered by an optional {@link OrderView}. Subscribers get every later state.
 *
 * @param shop who has to have placed it, null for whoever has
 */
public record FindOrder(OrderId orderId, String shop) {
}
