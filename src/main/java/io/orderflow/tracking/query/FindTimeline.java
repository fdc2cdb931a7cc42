package io.orderflow.tracking.query;

import io.orderflow.shared.OrderId;
import org.jspecify.annotations.Nullable;

/**
 * The timeline of one order; answered by a {@link Timeline}. A subscription emits every later {@link TimelineEntry}.
 *
 * @param shop  the shop that has to have placed the order, or null for any shop
 * @param after only entries after this one, 0 for all
 */
public record FindTimeline(OrderId orderId, @Nullable String shop, long after) {
}
