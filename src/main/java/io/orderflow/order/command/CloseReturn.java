package io.orderflow.order.command;

import io.orderflow.shared.ExpectedVersion;
import io.orderflow.platform.spi.OncePerRequest;
import io.orderflow.shared.OrderId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Close a return.
 *
 * @param note how staff settled it by hand; null when its goods are in stock and its money is refunded
 */
public record CloseReturn(@TargetAggregateIdentifier OrderId orderId, String returnId, @Nullable String note,
        ExpectedVersion expectedVersion) implements OncePerRequest {
}
