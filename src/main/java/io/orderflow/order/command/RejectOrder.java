package io.orderflow.order.command;

import io.orderflow.shared.OrderId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** End an order that cannot be fulfilled, after every step was undone. */
public record RejectOrder(@TargetAggregateIdentifier OrderId orderId, String code, String detail) {
}
