package io.orderflow.tracking;

import io.orderflow.platform.spi.CatchUp;
import io.orderflow.platform.spi.Ownership;
import io.orderflow.shared.Refusal;
import io.orderflow.tracking.query.FindTimeline;
import io.orderflow.tracking.query.Timeline;
import io.orderflow.tracking.query.TimelineEntry;
import java.util.Optional;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Queries the timeline of an order, and waits for the projection when it is behind. */
@Component
class Timelines {

    /** More entries than an order gets between the opening of a stream and its first answer. */
    private static final int BUFFER = 256;
    private static final ResponseType<Optional<Timeline>> TIMELINE = ResponseTypes.optionalInstanceOf(Timeline.class);
    private static final ResponseType<TimelineEntry> ENTRY = ResponseTypes.instanceOf(TimelineEntry.class);

    private final QueryGateway queries;
    private final Ownership ownership;
    private final CatchUp catchUp;

    Timelines(QueryGateway queries, Ownership ownership, CatchUp catchUp) {
        this.queries = queries;
        this.ownership = ownership;
        this.catchUp = catchUp;
    }

    /** @throws Refusal the same one for an order that does not exist and for an order of another shop */
    Timeline find(FindTimeline query) {
        return queries.query(query, TIMELINE).join().orElseGet(() -> {
            ownership.requireOrder(query.orderId(), query.shop());
            var all = new FindTimeline(query.orderId(), query.shop(), 0);
            catchUp.await(TimelineProjection.GROUP, query.orderId().value(), () -> follow(all).next().toFuture());
            return queries.query(query, TIMELINE).join().orElseThrow();
        });
    }

    /** The entries after the one that the query names, present and future, each once; ends with the order. */
    Flux<TimelineEntry> follow(FindTimeline query) {
        return Flux.using(() -> queries.subscriptionQuery(FindTimeline.class.getName(), query, TIMELINE, ENTRY, BUFFER),
                timeline -> timeline.initialResult().flatMapMany(first -> follow(query, first, timeline.updates())),
                SubscriptionQueryResult::close);
    }

    private static Flux<TimelineEntry> follow(FindTimeline query, Optional<Timeline> first,
            Flux<TimelineEntry> updates) {
        Flux<TimelineEntry> present = Flux.fromStream(first.stream()).flatMapIterable(Timeline::entries);
        if (first.isPresent() && isOver(first.get())) {
            return present;
        }
        // An update repeats an entry of the first answer when it was written meanwhile, or when a replay runs.
        var last = new long[] {query.after()};
        // Present entries may contain an end that a return has reopened: only an update can be the end.
        return present.doOnNext(entry -> last[0] = entry.id()).concatWith(updates
                .filter(entry -> entry.id() > last[0]).doOnNext(entry -> last[0] = entry.id())
                .takeUntil(entry -> entry.waitingOn() == null));
    }

    static boolean isOver(Timeline timeline) {
        return timeline.waitingOn() == null;
    }
}
