package io.orderflow.order.event;

import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import java.time.Instant;

/** Staff or the watchdog resumed the order: its outstanding commands are repeated. */
@StoredAs("order.ResumptionRequested")
public record ResumptionRequested(OrderId orderId, String reason, Instant requestedAt) implements OrderFact {
}
