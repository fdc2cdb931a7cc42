package io.orderflow.order.command;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.WaitingOn;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Note what the fulfillment of an order waits for, when no fact says it. */
public record ReportWait(@TargetAggregateIdentifier OrderId orderId, WaitingOn waitingOn) {
}
