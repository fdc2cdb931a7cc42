package io.orderflow.order;

import io.orderflow.order.command.RequestCancellation;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.OrderId;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import org.hibernate.validator.constraints.CodePointLength;

/** The request to cancel an order. */
record CancellationRequest(@NotBlank @CodePointLength(max = 500) String reason) {

    RequestCancellation command(OrderId id, Instant now, ExpectedVersion expected) {
        return new RequestCancellation(id, reason, now, expected);
    }
}
