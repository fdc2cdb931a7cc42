package io.orderflow.order.command;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.WaitingOn;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Promise the order: stock is held and money is authorized. */
public record ConfirmOrder(@TargetAggregateIdentifier OrderId orderId, WaitingOn waitingOn) {
}
