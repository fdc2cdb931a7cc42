package io.orderflow.order;

import io.orderflow.order.query.FindOrder;
import io.orderflow.order.query.OrderView;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Shows orders, and waits for one to become what somebody wants to see without holding a transaction. */
@Component
class OrderWatch {

    private static final ResponseType<Optional<OrderView>> ONE_ORDER = ResponseTypes.optionalInstanceOf(OrderView.class);
    /** How far the order resource may be behind the order before a read gives up on it. */
    private static final Duration CATCH_UP = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final QueryGateway queries;
    private final EventStore events;

    OrderWatch(QueryGateway queries, EventStore events) {
        this.queries = queries;
        this.events = events;
    }

    /**
     * The order as it stands, also when it was placed a moment ago.
     *
     * @throws Refusal when there is no such order
     */
    OrderView get(OrderId id) {
        return find(id).blockOptional(PATIENCE).orElseGet(() -> {
            requirePlaced(id);
            return first(id, order -> true).block(CATCH_UP);
        });
    }

    /** The order as soon as it is as wanted, or as it is when the time is up. */
    Mono<OrderView> await(OrderId id, Predicate<OrderView> wanted, Duration patience) {
        return first(id, wanted).timeout(patience, find(id).subscribeOn(Schedulers.boundedElastic()));
    }

    private Mono<OrderView> find(OrderId id) {
        return Mono.fromFuture(() -> queries.query(new FindOrder(id), ONE_ORDER)).flatMap(Mono::justOrEmpty);
    }

    private Mono<OrderView> first(OrderId id, Predicate<OrderView> wanted) {
        return Flux.using(
                () -> queries.subscriptionQuery(new FindOrder(id), ONE_ORDER,
                        ResponseTypes.instanceOf(OrderView.class)),
                watched -> watched.initialResult().flatMap(Mono::justOrEmpty).concatWith(watched.updates()),
                watched -> watched.close())
                .filter(wanted).next();
    }

    private void requirePlaced(OrderId id) {
        if (events.lastSequenceNumberFor(id.value()).isEmpty()) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_order", "There is no order '%s'.".formatted(id));
        }
    }
}
