package io.orderflow.tracking;

import io.orderflow.platform.spi.CatchUp;
import io.orderflow.platform.spi.Ownership;
import io.orderflow.shared.Caller;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Refusal;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Reads the timeline of an order, and waits for the projection when it is behind. */
@Component
class Timelines {

    private final TimelineRows rows;
    private final Feed feed;
    private final Ownership ownership;
    private final CatchUp catchUp;

    Timelines(TimelineRows rows, Feed feed, Ownership ownership, CatchUp catchUp) {
        this.rows = rows;
        this.feed = feed;
        this.ownership = ownership;
        this.catchUp = catchUp;
    }

    /**
     * @param after only entries after this one, 0 for all
     * @throws Refusal the same one for an order that does not exist and for an order of another shop
     */
    Timeline find(OrderId order, Caller caller, long after) {
        List<TimelineEntry> entries = rows.of(order, caller.shop(), 0);
        if (entries.isEmpty()) {
            ownership.requireOrder(order, caller.shop());
            catchUp.await(TimelineProjection.GROUP, order.value(), () -> follow(order, caller, 0).next().toFuture());
            entries = rows.of(order, caller.shop(), 0);
        }
        return new Timeline(order, entries.get(entries.size() - 1).waitingOn(),
                entries.stream().filter(entry -> entry.id() > after).toList());
    }

    /** The entries after one of them, present and future; ends with the order. */
    Flux<TimelineEntry> follow(OrderId order, Caller caller, long after) {
        return Flux.defer(() -> {
            var reached = new AtomicLong(after);
            var last = new AtomicReference<TimelineEntry>();
            return feed.live(order::equals, () -> {
                List<TimelineEntry> entries = rows.of(order, caller.shop(), reached.get());
                last.set(entries.isEmpty() ? null : entries.get(entries.size() - 1));
                return entries;
            }).doOnNext(entry -> reached.set(entry.id()))
                    // An end that another entry follows was reopened by a return.
                    .takeUntil(entry -> entry == last.get() && entry.waitingOn() == null);
        });
    }
}
