package io.orderflow.platform.spi;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.OwnedFact;
import io.orderflow.shared.Refusal;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Existence and ownership of resources by the event store, which is ahead of every projection. */
@Component
public class Ownership {

    private final EventStore events;

    public Ownership(EventStore events) {
        this.events = events;
    }

    /**
     * Whether a resource exists. The resource of another shop costs the same read as a missing one.
     *
     * @param id   that its events are stored under
     * @param shop the shop that has to own it, or null for any owner
     */
    public boolean exists(String id, @Nullable String shop) {
        return events.readEvents(id, 0).asStream().limit(1).anyMatch(first -> shop == null
                || first.getPayload() instanceof OwnedFact owned && shop.equals(owned.shop()));
    }

    /** @throws Refusal the same one for an order that does not exist and for an order of another shop */
    public void requireOrder(OrderId id, @Nullable String shop) {
        if (!exists(id.value(), shop)) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_order", "There is no order '%s'.".formatted(id));
        }
    }
}
