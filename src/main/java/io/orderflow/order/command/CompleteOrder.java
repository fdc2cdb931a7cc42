package io.orderflow.order.command;

import io.orderflow.shared.OrderId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** End an order of which everything is shipped and paid. */
public record CompleteOrder(@TargetAggregateIdentifier OrderId orderId) {
}
