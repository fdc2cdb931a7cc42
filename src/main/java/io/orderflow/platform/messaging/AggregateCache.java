package io.orderflow.platform.messaging;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.AggregateCacheEntry;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * The most recently used aggregates, at most so many. Each is a snapshot: before it is given out, it catches up with the
 * events that other nodes have appended since.
 *
 * <p>Without that, a stale aggregate would refuse what is allowed, or find nothing to do: neither appends an event, so
 * that no conflict on a sequence number would ever show that it is stale. With a single node this costs an index look-up
 * per command; it is made there as well, because no setting says reliably that there is no second node.
 */
final class AggregateCache implements Cache {

    private final com.github.benmanes.caffeine.cache.Cache<Object, Object> entries;
    private final Supplier<EventStore> events;

    /** @param events asked lazily: the store is built later than the cache */
    AggregateCache(long maximum, Supplier<EventStore> events) {
        this.entries = Caffeine.newBuilder().maximumSize(maximum).build();
        this.events = events;
    }

    /** Called by the repository alone, which holds the lock on the aggregate. */
    @Override
    @SuppressWarnings("unchecked")
    public <K, V> V get(K key) {
        Object entry = entries.getIfPresent(key);
        if (entry instanceof AggregateCacheEntry<?> cached) {
            try {
                catchUp(cached.recreateAggregate(null, null, null));
            } catch (RuntimeException failure) {
                entries.invalidate(key);
                throw failure;
            }
        }
        return (V) entry;
    }

    private void catchUp(EventSourcedAggregate<?> aggregate) {
        var newer = events.get().readEvents(aggregate.identifierAsString(), aggregate.version() + 1);
        if (newer.hasNext()) {
            aggregate.initializeState(newer);
        }
    }

    @Override
    public void put(Object key, Object value) {
        entries.put(key, value);
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        return entries.asMap().putIfAbsent(key, value) == null;
    }

    @Override
    public boolean remove(Object key) {
        return entries.asMap().remove(key) != null;
    }

    @Override
    public void removeAll() {
        entries.invalidateAll();
    }

    @Override
    public boolean containsKey(Object key) {
        return entries.asMap().containsKey(key);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V> void computeIfPresent(Object key, UnaryOperator<V> update) {
        entries.asMap().computeIfPresent(key, (present, value) -> update.apply((V) value));
    }

    /** Only Axon's cache of sagas listens, which is not used here. */
    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        throw new UnsupportedOperationException("The cache of aggregates tells nobody of its entries");
    }
}
