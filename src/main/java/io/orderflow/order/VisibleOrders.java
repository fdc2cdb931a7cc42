package io.orderflow.order;

import io.orderflow.platform.spi.Ownership;
import io.orderflow.shared.Caller;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Refusal;
import org.springframework.stereotype.Component;

/** The orders that a caller may know of. */
@Component
class VisibleOrders {

    private final Ownership ownership;

    VisibleOrders(Ownership ownership) {
        this.ownership = ownership;
    }

    /** @throws Refusal the same one whether there is no such order or another shop has placed it */
    void require(OrderId id, Caller caller) {
        if (!ownership.exists(id.value(), caller.shop())) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_order", "There is no order '%s'.".formatted(id));
        }
    }
}
