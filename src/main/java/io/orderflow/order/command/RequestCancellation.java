package io.orderflow.order.command;

import io.orderflow.shared.ExpectedVersion;
import io.orderflow.platform.spi.OncePerRequest;
import io.orderflow.shared.OrderId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Cancel an order; refused once anything of it is dispatched. */
public record RequestCancellation(@TargetAggregateIdentifier OrderId orderId, String reason,
        Instant requestedAt, ExpectedVersion expectedVersion) implements OncePerRequest {
}
