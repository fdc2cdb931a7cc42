package io.orderflow.order.query;

import io.orderflow.shared.WaitingOn;
import org.jspecify.annotations.Nullable;

/**
 * Orders that wait, the oldest wait first; answered by a {@link WaitingOrderPage}.
 *
 * @param cursor of the page before
 * @param limit  1 to 200
 */
public record ListWaitingOrders(WaitingOn.@Nullable Party party, @Nullable String code, @Nullable String cursor,
        int limit) {
}
