package io.orderflow.inventory.query;

import io.orderflow.shared.Page;
import java.util.List;

/**
 * One page of movements.
 *
 * @param next cursor of the page that follows, null on the last
 */
public record MovementPage(List<MovementView> items, String next) implements Page {

    public MovementPage {
        items = List.copyOf(items);
    }
}
