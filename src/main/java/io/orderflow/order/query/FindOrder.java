package io.orderflow.order.query;

import io.orderflow.shared.OrderId;
import org.jspecify.annotations.Nullable;

/**
 * One order; answered by an optional {@link OrderView}. Subscribers get every later state.
 *
 * @param shop that has to have placed it; null for any
 */
public record FindOrder(OrderId orderId, @Nullable String shop) {
}
