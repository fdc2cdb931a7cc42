package io.orderflow.inventory.query;

import java.util.List;

/**
 * One page of movements.
 *
 * @param next cursor of the page that follows, null on the last
 */
public record MovementPage(List<MovementView> items, String next) {

    public MovementPage {
        items = List.copyOf(items);
    }
}
