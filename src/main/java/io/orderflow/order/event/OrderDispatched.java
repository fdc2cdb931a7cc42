package io.orderflow.order.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shipment was handed to a carrier; from now on the order cannot be cancelled.
 *
 * @param shipmentId   identity of the shipment, {@code shp_…}
 * @param value        what the customer owes for it
 * @param last         whether nothing of the order remains to be dispatched
 * @param waits        what the order waits for after it: the rest of the dispatch, or the capture
 * @param dispatchedAt UTC
 */
@StoredAs("order.OrderDispatched")
public record OrderDispatched(OrderId orderId, String shipmentId, List<DispatchedLine> lines, Money value,
        @Nullable String carrier, @Nullable String trackingNumber, boolean last, OrderWaits waits,
        Instant dispatchedAt) implements WaitFact {

    public OrderDispatched {
        lines = List.copyOf(lines);
    }

    @Override
    public @Nullable WaitingOn waitingOn(@Nullable WaitingOn before, Instant at) {
        return waits.shown();
    }
}
