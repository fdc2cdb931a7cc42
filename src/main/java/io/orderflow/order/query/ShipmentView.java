package io.orderflow.order.query;

import io.orderflow.order.event.DispatchedLine;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shipment that was handed to a carrier.
 *
 * @param value        what the customer owes for it
 * @param dispatchedAt UTC
 */
@StoredAs("order.ShipmentView")
public record ShipmentView(String id, OrderId orderId, List<DispatchedLine> lines, @Nullable String carrier,
        @Nullable String trackingNumber, Money value, Instant dispatchedAt) {

    public ShipmentView {
        lines = List.copyOf(lines);
    }
}
