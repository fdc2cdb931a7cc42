package io.orderflow.order.command;

import io.orderflow.order.event.DispatchedLine;
import io.orderflow.platform.spi.PermanentRequest;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Hand a shipment of a confirmed order to a carrier.
 *
 * @param shipmentId   identity of the shipment, {@code shp_…}
 * @param lines        what is in it; empty for all that remains
 * @param rest         what the order waits for when something remains to be dispatched
 * @param capture      what it waits for when nothing remains
 * @param dispatchedAt UTC
 */
public record DispatchOrder(@TargetAggregateIdentifier OrderId orderId, String shipmentId, List<DispatchedLine> lines,
        @Nullable String carrier, @Nullable String trackingNumber, WaitingOn rest, WaitingOn capture,
        Instant dispatchedAt, ExpectedVersion expectedVersion) implements PermanentRequest {

    public DispatchOrder {
        lines = List.copyOf(lines);
    }
}
