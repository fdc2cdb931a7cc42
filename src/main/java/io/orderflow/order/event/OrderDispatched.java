package io.orderflow.order.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import java.util.List;

/**
 * Staff handed a shipment to a carrier; there is no way back by cancellation.
 *
 * @param shipmentId     identity of the shipment, {@code shp_…}
 * @param lines          what is in it
 * @param value          what the customer owes for it
 * @param carrier        who carries it, null when unknown
 * @param trackingNumber the carrier's number, null when there is none
 * @param last           whether nothing of the order remains to be dispatched
 * @param waitingOn      whom the order waits on after it: staff for the rest, or the gateway for the money
 * @param dispatchedAt   UTC
 */
@StoredAs("order.OrderDispatched")
public record OrderDispatched(OrderId orderId, String shipmentId, List<DispatchedLine> lines, Money value,
        String carrier, String trackingNumber, boolean last, WaitingOn waitingOn, Instant dispatchedAt)
        implements WaitFact {

    public OrderDispatched {
        lines = List.copyOf(lines);
    }
}
