package io.orderflow.platform.spi;

import io.orderflow.shared.Caller;
import io.orderflow.shared.Shares;
import io.orderflow.shared.Versioned;
import io.orderflow.shared.WaitPreference;
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
 * Reads one kind of resource by query: as it stands, also when it came a moment ago and its projection is behind, or once
 * it has changed.
 *
 * @param <V> its view, which the projection emits when it changes
 */
public final class LiveResource<V extends Versioned> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Each waits with a connection, and is looked at whenever a resource of its kind changes. */
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
     * @param id           that the resource's events are kept under
     * @param requireThere throws the refusal for a resource that does not exist or is not the caller's
     */
    public V get(Object query, String id, Runnable requireThere) {
        return find(query).blockOptional(PATIENCE).orElseGet(() -> {
            requireThere.run();
            // No reason for a 404: the event may not be in the tables yet
            return catchUp.await(projection, id, () -> first(query, any -> true).toFuture());
        });
    }

    /** @param now answered at once when the caller does not have it yet */
    public Mono<V> changed(Object query, V now, Caller caller, WaitPreference preference) {
        return preference.isChanged(now) ? Mono.just(now) : await(query, caller, preference::isChanged, preference);
    }

    /**
     * The resource as soon as it is as wanted, or as it is when the caller's time is up; a refusal when too many wait, of
     * this caller or of all.
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
