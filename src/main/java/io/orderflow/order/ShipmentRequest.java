package io.orderflow.order;

import io.orderflow.order.command.DispatchOrder;
import io.orderflow.order.event.DispatchedLine;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.RequestIdentity;
import io.orderflow.shared.Sku;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;

/**
 * A shipment that staff hands to a carrier.
 *
 * @param lines left out for all that remains; an empty list is refused, because it is more likely a mistake
 */
record ShipmentRequest(@Size(min = 1, max = 500) @Nullable List<@NotNull @Valid Line> lines,
        @CodePointLength(max = 100) @Nullable String carrier,
        @CodePointLength(max = 100) @Nullable String trackingNumber) {

    /** Units of one SKU. */
    record Line(@NotNull Sku sku, @NotNull Quantity quantity) {
    }

    DispatchOrder command(OrderId id, RequestIdentity request, WaitLimits limits, Instant now,
            ExpectedVersion expected) {
        return new DispatchOrder(id, request.id("shp_"), dispatchedLines(), carrier, trackingNumber,
                limits.dispatch(now), limits.capture(now), now, expected);
    }

    private List<DispatchedLine> dispatchedLines() {
        return lines == null ? List.of()
                : lines.stream().map(line -> new DispatchedLine(line.sku(), line.quantity())).toList();
    }
}
