package io.orderflow.tracking;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.WaitingOn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The history of one order.
 *
 * @param waitingOn what the order waits for, or null once it waits for nothing any more
 * @param entries   oldest first
 */
record Timeline(OrderId orderId, @Nullable WaitingOn waitingOn, List<TimelineEntry> entries) {

    Timeline {
        entries = List.copyOf(entries);
    }
}
