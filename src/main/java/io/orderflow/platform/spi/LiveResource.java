package io.orderflow.platform.spi;

import io.orderflow.shared.Caller;
import io.orderflow.shared.Versioned;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Reads resources of one kind by query: their current state, even while the projection is behind, or their next change.
 *
 * @param <V> the view, which the projection emits on changes
 */
public final class LiveResource<V extends Versioned> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Each waiting request holds a connection and is evaluated at every change of a resource of its kind. */
    private static final int MOST_WAITING = 1_000;
    private static final int MOST_WAITING_OF_ONE = 200;

    private final QueryGateway queries;
    private final CatchUp catchUp;
    private final String projection;
    private final ResponseType<Optional<V>> one;
    private final ResponseType<V> update;
    private final Shares places = new Shares(MOST_WAITING, MOST_WAITING_OF_ONE, "too_many_waiting",
            "waiting requests", "try again in a moment, or without Prefer");

    /** @param projection name of the processing group that answers */
    public LiveResource(QueryGateway queries, CatchUp catchUp, String projection, Class<V> view) {
        this.queries = queries;
        this.catchUp = catchUp;
        this.projection = projection;
        one = ResponseTypes.optionalInstanceOf(view);
        update = ResponseTypes.instanceOf(view);
    }

    /**
     * @param id           identifier of the resource's event stream
     * @param requireThere throws a refusal when the resource does not exist or is not the caller's
     */
    public V get(Object query, String id, Runnable requireThere) {
        return find(query).blockOptional(PATIENCE).orElseGet(() -> {
            requireThere.run();
            // Not a 404: the projection may be behind
            return catchUp.await(projection, id, () -> first(query, any -> true).toFuture());
        });
    }

    /** @param now the current state, answered at once when it is new to the caller */
    public Mono<V> changed(Object query, V now, Caller caller, WaitPreference preference) {
        return preference.isChanged(now) ? Mono.just(now) : await(query, caller, preference::isChanged, preference);
    }

    /**
     * The resource as soon as it fulfills a condition, or its state when the caller's waiting time is over. Refused
     * when too many requests wait, of this caller or of all.
     */
    public Mono<V> await(Object query, Caller caller, Predicate<V> wanted, WaitPreference preference) {
        return Mono.defer(() -> {
            places.take(caller);
            return first(query, wanted).timeout(Mono.fromFuture(preference.over()),
                    find(query).subscribeOn(Schedulers.boundedElastic())).doFinally(end -> places.release(caller));
        });
    }

    private Mono<V> find(Object query) {
        return Mono.fromFuture(() -> queries.query(query, one)).flatMap(Mono::justOrEmpty);
    }

    private Mono<V> first(Object query, Predicate<V> wanted) {
        return Flux.using(() -> queries.subscriptionQuery(query, one, update),
                        watched -> watched.initialResult().flatMap(Mono::justOrEmpty).concatWith(watched.updates()),
                        watched -> watched.close())
                .filter(wanted).next();
    }
}
