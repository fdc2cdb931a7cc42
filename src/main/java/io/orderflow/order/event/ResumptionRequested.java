package io.orderflow.order.event;

import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import java.time.Instant;

/** Somebody, or the watchdog, wants the order to get on: what is outstanding is asked for again. */
@StoredAs("order.ResumptionRequested")
public record ResumptionRequested(OrderId orderId, String reason, Instant requestedAt) implements OrderFact {
}
