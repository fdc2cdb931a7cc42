package io.orderflow.platform.spi;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.Refusal;

/** Existence and ownership of resources by the event store, which is ahead of every projection. */
public interface Ownership {

    /**
     * Whether a resource exists.
     *
     * @param id   that its events are stored under
     * @param shop the shop that has to own it, or null for any owner
     */
    boolean exists(String id, String shop);

    /** @throws Refusal the same one for an order that does not exist and for an order of another shop */
    default void requireOrder(OrderId id, String shop) {
        if (!exists(id.value(), shop)) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_order", "There is no order '%s'.".formatted(id));
        }
    }
}
