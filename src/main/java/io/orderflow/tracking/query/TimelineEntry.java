package io.orderflow.tracking.query;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;

/**
 * One fact in the story of an order.
 *
 * @param id        grows within the order; resume a stream after it
 * @param module    who announced it
 * @param fact      its name, such as {@code StockReserved}
 * @param text      the same in words
 * @param actor     who has caused it: the name of who asked for it, {@code system} when it was Orderflow itself
 * @param waitingOn what the order waits on after it, null once nothing is awaited any more
 * @param at        UTC
 */
public record TimelineEntry(long id, OrderId orderId, String module, String fact, String text, String actor,
        WaitingOn waitingOn, Instant at) {
}
