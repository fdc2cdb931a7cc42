package io.orderflow.tracking;

import io.orderflow.order.event.OrderPlaced;
import io.orderflow.order.event.OrderWaiting;
import io.orderflow.platform.spi.KeepsOrders;
import io.orderflow.platform.spi.ProjectedTables;
import io.orderflow.platform.spi.Provenance;
import io.orderflow.platform.spi.Rebuilt;
import io.orderflow.shared.OrderFact;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Projects each event about an order to an entry of its timeline. */
@Component
@ProcessingGroup(TimelineProjection.GROUP)
@ProjectedTables("tracking.timeline_entry")
class TimelineProjection implements Rebuilt, KeepsOrders {

    static final String GROUP = "tracking-timeline";

    private final TimelineRows rows;
    private final Feed feed;

    TimelineProjection(TimelineRows rows, Feed feed) {
        this.rows = rows;
        this.feed = feed;
    }

    @EventHandler
    void on(OrderFact fact, @MessageIdentifier String event, @Timestamp Instant at,
            @MetaDataValue(Provenance.ACTOR) @Nullable String actor) {
        var last = rows.last(fact.orderId());
        WaitingOn waitingOn = fact instanceof WaitFact wait ? wait.waitingOn(last.waitingOn(), at) : last.waitingOn();
        // A wait that the order does not show, or shows already, makes no entry.
        if (fact instanceof OrderWaiting && Objects.equals(waitingOn, last.waitingOn())) {
            return;
        }
        String[] name = fact.getClass().getAnnotation(StoredAs.class).value().split("\\.");
        var entry = new TimelineEntry(last.id() + 1, fact.orderId(), name[0], name[1], TimelineMessages.of(fact),
                actor, waitingOn, at);
        String shop = fact instanceof OrderPlaced placed ? placed.shop() : last.shop();
        rows.add(entry, shop, event);
        feed.add(fact.orderId(), event);
    }

    @Override
    public Set<String> kept(Collection<String> orders) {
        return rows.present(orders);
    }

    @ResetHandler
    void reset() {
        rows.clear();
    }

    @Override
    public void onRebuilt() {
        feed.addMissing();
    }
}
