package io.orderflow.order.command;

import io.orderflow.order.event.Matter;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.WaitingOn;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Note what one matter of the order waits on, so that the order can say so.
 *
 * @param waitingOn null when after-sales wait on nothing any more
 */
public record ReportWaiting(@TargetAggregateIdentifier OrderId orderId, Matter matter, WaitingOn waitingOn) {
}
