package io.orderflow.order.command;

import io.orderflow.shared.OrderId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Repeat the outstanding commands of an order, also of one that has ended: a refund may be open.
 *
 * @param requestedAt UTC
 */
public record ResumeOrder(@TargetAggregateIdentifier OrderId orderId, String reason, Instant requestedAt) {
}
