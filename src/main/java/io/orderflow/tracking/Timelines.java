package io.orderflow.tracking;

import io.orderflow.platform.spi.CatchUp;
import io.orderflow.platform.spi.Ownership;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Refusal;
import io.orderflow.tracking.query.FindTimeline;
import io.orderflow.tracking.query.Timeline;
import io.orderflow.tracking.query.TimelineEntry;
import java.time.Duration;
import java.util.Optional;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks for the story of an order, and waits a moment for the projection when the order is newer than it. */
@Component
class Timelines {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** More than this cannot happen to an order between the opening of a stream and its first answer. */
    private static final int BUFFER = 256;
    private static final ResponseType<Optional<Timeline>> STORY = ResponseTypes.optionalInstanceOf(Timeline.class);
    private static final ResponseType<TimelineEntry> ENTRY = ResponseTypes.instanceOf(TimelineEntry.class);

    private final QueryGateway queries;
    private final Ownership ownership;
    private final CatchUp catchUp;

    Timelines(QueryGateway queries, Ownership ownership, CatchUp catchUp) {
        this.queries = queries;
        this.ownership = ownership;
        this.catchUp = catchUp;
    }

    /** @throws Refusal the same one whether there is no such order or another shop has placed it */
    Timeline find(FindTimeline query) {
        return ask(query).orElseGet(() -> {
            requireVisible(query);
            var all = new FindTimeline(query.orderId(), query.shop(), 0);
            catchUp.await(TimelineProjection.GROUP, query.orderId().value(), () -> follow(all).next().toFuture());
            return ask(query).orElseThrow();
        });
    }

    /** What came after the entry that the query names, and then what comes, each entry once; ends when nothing is awaited. */
    Flux<TimelineEntry> follow(FindTimeline query) {
        return Flux.using(() -> subscribe(query), story -> story.initialResult()
                .flatMapMany(first -> follow(query, first, story.updates())), SubscriptionQueryResult::close);
    }

    private static Flux<TimelineEntry> follow(FindTimeline query, Optional<Timeline> first,
            Flux<TimelineEntry> updates) {
        Flux<TimelineEntry> soFar = Flux.fromStream(first.stream()).flatMapIterable(Timeline::entries);
        if (first.isPresent() && isOver(first.get())) {
            return soFar;
        }
        // An update may repeat what the first answer told already, or come again while the story is rebuilt.
        var told = new long[] {query.after()};
        // What has been told may hold an end that a return took back: only what comes can be the end.
        return soFar.doOnNext(entry -> told[0] = entry.id()).concatWith(updates
                .filter(entry -> entry.id() > told[0]).doOnNext(entry -> told[0] = entry.id())
                .takeUntil(entry -> entry.waitingOn() == null));
    }

    static boolean isOver(Timeline timeline) {
        return timeline.waitingOn() == null;
    }

    private Optional<Timeline> ask(FindTimeline query) {
        return Mono.fromFuture(queries.query(query, STORY)).block(PATIENCE);
    }

    private SubscriptionQueryResult<Optional<Timeline>, TimelineEntry> subscribe(FindTimeline query) {
        return queries.subscriptionQuery(FindTimeline.class.getName(), query, STORY, ENTRY, BUFFER);
    }

    private void requireVisible(FindTimeline query) {
        OrderId orderId = query.orderId();
        if (!ownership.exists(orderId.value(), query.shop())) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_order",
                    "There is no order with the id '%s'.".formatted(orderId));
        }
    }
}
