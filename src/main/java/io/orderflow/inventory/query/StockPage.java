package io.orderflow.inventory.query;

import java.util.List;

/**
 * One page of stock levels.
 *
 * @param next cursor of the page that follows, null on the last
 */
public record StockPage(List<StockView> items, String next) {

    public StockPage {
        items = List.copyOf(items);
    }
}
