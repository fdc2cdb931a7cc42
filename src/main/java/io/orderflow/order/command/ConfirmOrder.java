package io.orderflow.order.command;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.WaitingOn;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Confirm an order whose stock is reserved and whose money is authorized. */
public record ConfirmOrder(@TargetAggregateIdentifier OrderId orderId, WaitingOn waitingOn) {
}
