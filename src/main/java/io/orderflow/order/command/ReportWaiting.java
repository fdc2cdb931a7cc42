package io.orderflow.order.command;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.WaitingOn;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Note what the order waits on, so that it can say so. */
public record ReportWaiting(@TargetAggregateIdentifier OrderId orderId, WaitingOn waitingOn) {
}
