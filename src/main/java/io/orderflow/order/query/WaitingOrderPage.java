package io.orderflow.order.query;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.WaitingOn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of orders that wait.
 *
 * @param next cursor of the page that follows, null on the last
 */
public record WaitingOrderPage(List<WaitingOrder> items, @Nullable String next) {

    public WaitingOrderPage {
        items = List.copyOf(items);
    }

    /** An order and what it waits for. */
    public record WaitingOrder(OrderId orderId, String reference, OrderStatus status, WaitingOn waitingOn) {
    }
}
