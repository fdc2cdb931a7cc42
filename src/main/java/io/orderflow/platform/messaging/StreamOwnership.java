package io.orderflow.platform.messaging;

import io.orderflow.platform.spi.Ownership;
import io.orderflow.shared.OwnedFact;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/** Asks the first event of a thing whose it is. What is another's costs the same read as what is not there. */
@Component
class StreamOwnership implements Ownership {

    private final EventStore events;

    StreamOwnership(EventStore events) {
        this.events = events;
    }

    @Override
    public boolean exists(String id, String shop) {
        return events.readEvents(id, 0).asStream().limit(1).anyMatch(first -> shop == null
                || first.getPayload() instanceof OwnedFact owned && shop.equals(owned.shop()));
    }
}
