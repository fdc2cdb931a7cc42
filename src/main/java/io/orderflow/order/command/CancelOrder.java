package io.orderflow.order.command;

import io.orderflow.shared.OrderId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** End an order whose cancellation was requested, after every step was undone. */
public record CancelOrder(@TargetAggregateIdentifier OrderId orderId) {
}
