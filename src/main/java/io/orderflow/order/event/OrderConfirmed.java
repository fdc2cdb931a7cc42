package io.orderflow.order.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Stock is reserved and money is authorized: the order can be dispatched. */
@StoredAs("order.OrderConfirmed")
public record OrderConfirmed(OrderId orderId, WaitingOn waitingOn) implements WaitFact {

    @Override
    public WaitingOn waitingOn(@Nullable WaitingOn before, Instant at) {
        return waitingOn;
    }
}
