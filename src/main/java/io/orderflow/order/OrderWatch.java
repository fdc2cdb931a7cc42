package io.orderflow.order;

import io.orderflow.order.query.FindOrder;
import io.orderflow.order.query.OrderView;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Waits for an order to become what somebody wants to see, without holding a thread or a transaction. */
@Component
class OrderWatch {

    /** How far the order resource may be behind the order before a read gives up on it. */
    private static final Duration CATCH_UP = Duration.ofSeconds(2);

    private final QueryGateway queries;
    private final EventStore events;

    OrderWatch(QueryGateway queries, EventStore events) {
        this.queries = queries;
        this.events = events;
    }

    /** The order as soon as it is as wanted, or as it is when the time is up. */
    CompletableFuture<OrderView> await(OrderId id, Predicate<OrderView> wanted, Duration patience) {
        return first(id, wanted, patience).switchIfEmpty(Mono.defer(() -> Mono.fromFuture(find(id))
                .flatMap(Mono::justOrEmpty))).toFuture();
    }

    /**
     * The order as it stands, also when it was placed a moment ago.
     *
     * @throws Refusal when there is no such order
     */
    OrderView get(OrderId id) {
        return find(id).join().orElseGet(() -> catchUp(id));
    }

    private OrderView catchUp(OrderId id) {
        if (events.lastSequenceNumberFor(id.value()).isEmpty()) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_order", "There is no order '%s'.".formatted(id));
        }
        return first(id, order -> true, CATCH_UP).blockOptional().orElseThrow(() -> {
            var busy = new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE,
                    "The order exists but cannot be shown yet; ask again.");
            busy.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
            return busy;
        });
    }

    private CompletableFuture<Optional<OrderView>> find(OrderId id) {
        return queries.query(new FindOrder(id), ResponseTypes.optionalInstanceOf(OrderView.class));
    }

    private Mono<OrderView> first(OrderId id, Predicate<OrderView> wanted, Duration patience) {
        return Flux.using(
                () -> queries.subscriptionQuery(new FindOrder(id), ResponseTypes.optionalInstanceOf(OrderView.class),
                        ResponseTypes.instanceOf(OrderView.class)),
                subscription -> subscription.initialResult().flatMap(Mono::justOrEmpty)
                        .concatWith(subscription.updates()),
                subscription -> subscription.close())
                .filter(wanted).take(Duration.ofNanos(Math.max(1, patience.toNanos()))).next();
    }
}
