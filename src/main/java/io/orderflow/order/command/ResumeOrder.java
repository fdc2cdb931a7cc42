package io.orderflow.order.command;

import io.orderflow.shared.OrderId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Have whatever has not become a fact yet asked for again, also of an order that has ended: it may owe a refund.
 *
 * @param requestedAt UTC
 */
public record ResumeOrder(@TargetAggregateIdentifier OrderId orderId, String reason, Instant requestedAt) {
}
