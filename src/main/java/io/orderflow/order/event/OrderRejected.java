package io.orderflow.order.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The order could not be fulfilled: no stock is reserved and no money is kept. */
@StoredAs("order.OrderRejected")
public record OrderRejected(OrderId orderId, String code, String detail) implements WaitFact {

    @Override
    public @Nullable WaitingOn waitingOn(@Nullable WaitingOn before, Instant at) {
        return null;
    }
}
