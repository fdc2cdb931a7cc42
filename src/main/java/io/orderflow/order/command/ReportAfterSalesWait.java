package io.orderflow.order.command;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.WaitingOn;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Note what returns and refunds of an order wait for.
 *
 * @param waitingOn null when all of them are settled
 */
public record ReportAfterSalesWait(@TargetAggregateIdentifier OrderId orderId, @Nullable WaitingOn waitingOn) {
}
