package io.orderflow.order.query;

import io.orderflow.shared.Sku;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;

/**
 * Orders, newest first; answered by an {@link OrderPage}. Every criterion may be null.
 *
 * @param shop        who placed them
 * @param createdFrom first instant, inclusive, UTC
 * @param createdTo   last instant, exclusive, UTC
 * @param cursor      of the page before
 * @param limit       1 to 200
 */
public record ListOrders(String shop, OrderStatus status, String reference, String customer, Sku sku,
        WaitingOn.Party waitingOn, Instant createdFrom, Instant createdTo, String cursor, int limit) {
}
