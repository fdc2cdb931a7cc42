package io.orderflow.inventory.query;

import io.orderflow.shared.Page;
import java.util.List;

/**
 * One page of stock levels.
 *
 * @param next cursor of the page that follows, null on the last
 */
public record StockPage(List<StockView> items, String next) implements Page {

    public StockPage {
        items = List.copyOf(items);
    }
}
