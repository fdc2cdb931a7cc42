package io.orderflow.platform.spi;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.axonframework.queryhandling.SubscriptionQueryMessage;

/**
 * Emits changed resources to the subscriptions of a query, as a projection does for {@link LiveResource}.
 *
 * @param <Q> the query for one resource
 */
public final class LiveUpdates<Q> {

    private final QueryUpdateEmitter updates;
    private final Class<Q> type;
    private final Function<Q, ?> id;
    private final Function<Q, ? extends Optional<?>> answer;

    /** @param id the resource that a query asks for */
    public LiveUpdates(QueryUpdateEmitter updates, Class<Q> type, Function<Q, ?> id,
            Function<Q, ? extends Optional<?>> answer) {
        this.updates = updates;
        this.type = type;
        this.id = id;
        this.answer = answer;
    }

    /**
     * Emits a resource once after the commit of the running unit of work, however often it changes in it. Before the
     * commit, a new subscription would still read the old state and then miss the change.
     */
    public void announce(Object changed) {
        var work = CurrentUnitOfWork.get();
        work.<Set<Object>>getOrComputeResource(LiveUpdates.class.getName() + type.getName(), name -> {
            var all = new HashSet<>();
            work.afterCommit(done -> emit(all));
            return all;
        }).add(changed);
    }

    /** Reads a resource only when it has subscriptions, which it seldom has. */
    private void emit(Set<Object> changed) {
        updates.activeSubscriptions().stream().map(SubscriptionQueryMessage::getPayload).filter(type::isInstance)
                .map(type::cast).filter(query -> changed.contains(id.apply(query))).distinct().toList()
                .forEach(query -> answer.apply(query).ifPresent(view -> updates.emit(type, query::equals, view)));
    }
}
