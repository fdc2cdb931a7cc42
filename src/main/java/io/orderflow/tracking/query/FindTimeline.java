package io.orderflow.tracking.query;

import io.orderflow.shared.OrderId;

/**
 * The story of one order; answered by a {@link Timeline}. Subscribers get every later {@link TimelineEntry}.
 *
 * @param shop  who has to have placed the order, null for whoever has
 * @param after tell only what came after this entry, 0 for all
 */
public record FindTimeline(OrderId orderId, String shop, long after) {
}
