package io.orderflow.tracking;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event in the history of an order.
 *
 * @param id        grows within the order; the {@code Last-Event-ID} of its stream
 * @param module    the module that published the event
 * @param fact      type of the event, such as {@code StockReserved}
 * @param text      description of the event for people
 * @param actor     the user whose request caused the event, or {@code system}
 * @param waitingOn what the order waits for after the event, or null once it waits for nothing any more
 * @param at        UTC
 */
record TimelineEntry(long id, OrderId orderId, String module, String fact, String text, @Nullable String actor,
        @Nullable WaitingOn waitingOn, Instant at) {
}
