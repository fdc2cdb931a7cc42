package io.orderflow.inventory;

import io.orderflow.inventory.event.StockReceived;
import io.orderflow.shared.Sku;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/** Reads the events of a SKU, which are ahead of its projection. */
@Component
class StockLedger {

    private final EventStore events;

    StockLedger(EventStore events) {
        this.events = events;
    }

    /** Whether any stock was ever received; orders for an unknown SKU leave events too. */
    boolean wasReceived(Sku sku) {
        return events.readEvents(sku.stockItemId(), 0).asStream()
                .anyMatch(event -> event.getPayloadType() == StockReceived.class);
    }
}
