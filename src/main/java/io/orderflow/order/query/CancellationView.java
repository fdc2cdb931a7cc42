package io.orderflow.order.query;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import java.time.Instant;

/**
 * A requested cancellation.
 *
 * @param requestedAt UTC
 */
@StoredAs("order.CancellationView")
public record CancellationView(OrderId orderId, String reason, Instant requestedAt) {
}
