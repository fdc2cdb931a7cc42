package io.orderflow.order.command;

import io.orderflow.shared.ExpectedVersion;
import io.orderflow.platform.spi.OncePerRequest;
import io.orderflow.shared.OrderId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Note that nothing more is to be done about a return.
 *
 * @param note how staff settled it by hand, in words; null when its goods are in stock and its money is paid back
 */
public record CloseReturn(@TargetAggregateIdentifier OrderId orderId, String returnId, String note,
        ExpectedVersion expectedVersion) implements OncePerRequest {
}
