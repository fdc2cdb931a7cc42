package io.orderflow.order.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an order waits for has changed without any other fact that says so: a deadline passed, a step failed, or the
 * order was resumed.
 */
@StoredAs("order.OrderWaiting")
public record OrderWaiting(OrderId orderId, OrderWaits waits) implements WaitFact {

    @Override
    public @Nullable WaitingOn waitingOn(@Nullable WaitingOn before, Instant at) {
        return waits.shown();
    }
}
