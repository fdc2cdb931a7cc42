package io.orderflow.order.command;

import io.orderflow.shared.OrderId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Cancel an order whose authorization has expired, unless anything of it is dispatched.
 *
 * @param expiredAt UTC
 */
public record ExpireOrder(@TargetAggregateIdentifier OrderId orderId, Instant expiredAt) {
}
