package io.orderflow.order.event;

import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import java.time.Instant;

/** Somebody wants the order undone; it will be, step by step. */
@StoredAs("order.CancellationRequested")
public record CancellationRequested(OrderId orderId, String reason, Instant requestedAt) implements OrderFact {
}
