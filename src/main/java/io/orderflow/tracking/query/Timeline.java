package io.orderflow.tracking.query;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.WaitingOn;
import java.util.List;

/**
 * The story of one order so far.
 *
 * @param waitingOn what it waits on now, null once nothing is awaited any more
 * @param entries   oldest first
 */
public record Timeline(OrderId orderId, WaitingOn waitingOn, List<TimelineEntry> entries) {

    public Timeline {
        entries = List.copyOf(entries);
    }
}
