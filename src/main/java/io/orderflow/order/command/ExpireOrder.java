package io.orderflow.order.command;

import io.orderflow.shared.OrderId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Give up an order whose money can no longer be taken, unless anything of it is dispatched.
 *
 * @param expiredAt UTC
 */
public record ExpireOrder(@TargetAggregateIdentifier OrderId orderId, Instant expiredAt) {
}
