package io.orderflow.order.query;

import io.orderflow.shared.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of orders.
 *
 * @param next cursor of the page that follows, null on the last
 */
public record OrderPage(List<OrderView> items, @Nullable String next) implements Page {

    public OrderPage {
        items = List.copyOf(items);
    }
}
