package io.orderflow.order;

import io.orderflow.order.query.FindOrder;
import io.orderflow.order.query.OrderView;
import io.orderflow.platform.spi.CatchUp;
import io.orderflow.shared.Caller;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.Shares;
import io.orderflow.shared.WaitPreference;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
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
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Each waits with a connection, and is looked at whenever an order changes. */
    private static final int MOST_WAITING = 1_000;
    private static final int MOST_WAITING_OF_ONE = 200;

    private final Shares places = new Shares(MOST_WAITING, MOST_WAITING_OF_ONE);
    private final QueryGateway queries;
    private final VisibleOrders visible;
    private final CatchUp catchUp;

    OrderWatch(QueryGateway queries, VisibleOrders visible, CatchUp catchUp) {
        this.queries = queries;
        this.visible = visible;
        this.catchUp = catchUp;
    }

    /**
     * The order as it stands, also when it was placed a moment ago.
     *
     * @throws Refusal when there is no such order that the caller may know of
     */
    OrderView get(OrderId id, Caller caller) {
        var query = new FindOrder(id, caller.shop());
        return find(query).blockOptional(PATIENCE).orElseGet(() -> {
            visible.require(id, caller);
            return catchUp.await(OrderProjection.GROUP, id.value(), () -> first(query, order -> true).toFuture());
        });
    }

    /**
     * The order as soon as it is as wanted, or as it is when the patience is over; a refusal when too many wait, of this
     * caller or of all.
     */
    Mono<OrderView> await(FindOrder query, Caller caller, Predicate<OrderView> wanted, WaitPreference patience) {
        return Mono.defer(() -> switch (places.take(caller)) {
            case TAKEN -> first(query, wanted).timeout(Mono.fromFuture(patience.over()), find(query).subscribeOn(Schedulers.boundedElastic()))
                    .doFinally(end -> places.release(caller));
            case SHARE_USED_UP -> Mono.error(new Refusal(Refusal.Kind.EXCESSIVE, "too_many_waiting",
                    "%s of your requests wait for something to happen; one caller may have no more."
                            .formatted(MOST_WAITING_OF_ONE)));
            case NONE_LEFT -> Mono.error(new Refusal(Refusal.Kind.UNAVAILABLE, "too_many_waiting",
                    "Too many requests wait for something to happen; ask again in a moment, or without Prefer."));
        });
    }

    private Mono<OrderView> find(FindOrder query) {
        return Mono.fromFuture(() -> queries.query(query, ONE_ORDER)).flatMap(Mono::justOrEmpty);
    }

    private Mono<OrderView> first(FindOrder query, Predicate<OrderView> wanted) {
        return Flux.using(
                () -> queries.subscriptionQuery(query, ONE_ORDER, ResponseTypes.instanceOf(OrderView.class)),
                watched -> watched.initialResult().flatMap(Mono::justOrEmpty).concatWith(watched.updates()),
                watched -> watched.close())
                .filter(wanted).next();
    }
}
