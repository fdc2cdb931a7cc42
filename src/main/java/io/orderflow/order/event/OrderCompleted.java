package io.orderflow.order.event;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything ordered has left the warehouse and is paid for.
 *
 * @param afterSales what returns and refunds of the order still wait for
 */
@StoredAs("order.OrderCompleted")
public record OrderCompleted(OrderId orderId, @Nullable WaitingOn afterSales) implements WaitFact {

    @Override
    public @Nullable WaitingOn waitingOn(@Nullable WaitingOn before, Instant at) {
        return afterSales;
    }
}
