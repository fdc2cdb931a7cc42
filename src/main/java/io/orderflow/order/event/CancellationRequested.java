package io.orderflow.order.event;

import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import java.time.Instant;

/** The order is to be cancelled; its steps are undone first. */
@StoredAs("order.CancellationRequested")
public record CancellationRequested(OrderId orderId, String reason, Instant requestedAt) implements OrderFact {
}
