package io.orderflow.order.command;

import io.orderflow.order.event.DispatchedLine;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.platform.spi.PermanentRequest;
import io.orderflow.shared.OrderId;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Hand a shipment of a confirmed order to a carrier.
 *
 * @param shipmentId     identity of the shipment, {@code shp_…}
 * @param lines          what is in it; empty for all that remains
 * @param carrier        null when unknown
 * @param trackingNumber null when there is none
 * @param dispatchedAt   UTC
 */
public record DispatchOrder(@TargetAggregateIdentifier OrderId orderId, String shipmentId, List<DispatchedLine> lines,
        String carrier, String trackingNumber, Instant dispatchedAt, ExpectedVersion expectedVersion)
        implements PermanentRequest {

    public DispatchOrder {
        lines = List.copyOf(lines);
    }
}
