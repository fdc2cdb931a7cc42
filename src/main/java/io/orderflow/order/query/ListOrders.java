package io.orderflow.order.query;

import io.orderflow.shared.Sku;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Orders, newest first; answered by an {@link OrderPage}.
 *
 * @param createdFrom first instant, inclusive, UTC
 * @param createdTo   last instant, exclusive, UTC
 * @param cursor      of the page before
 * @param limit       1 to 200
 */
public record ListOrders(@Nullable String shop, @Nullable OrderStatus status, @Nullable String reference,
        @Nullable String customer, @Nullable Sku sku, WaitingOn.@Nullable Party waitingOn,
        @Nullable Instant createdFrom, @Nullable Instant createdTo, @Nullable String cursor, int limit) {
}
