package io.orderflow.order.query;

import io.orderflow.shared.Page;
import java.util.List;

/**
 * One page of orders.
 *
 * @param next cursor of the page that follows, null on the last
 */
public record OrderPage(List<OrderView> items, String next) implements Page {

    public OrderPage {
        items = List.copyOf(items);
    }
}
