package io.orderflow.platform.messaging;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.AggregateCacheEntry;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/**
 * Bounded cache of aggregates. Before a cached aggregate is used, it catches up with the events that other nodes have
 * appended.
 *
 * <p>Otherwise a stale aggregate could refuse an allowed command or find nothing to do. Neither appends an event, so
 * that no conflict of sequence numbers would reveal it. The index look-up per command is made with a single node, too,
 * because no setting reliably excludes a second one.
 */
final class AggregateCache implements Cache {

    private final com.github.benmanes.caffeine.cache.Cache<Object, Object> entries;
    private final Supplier<EventStore> events;

    /** @param events looked up lazily: the store is created after the cache */
    AggregateCache(long maximum, Supplier<EventStore> events) {
        this.entries = Caffeine.newBuilder().maximumSize(maximum).build();
        this.events = events;
    }

    /** Called only by the repository, which holds the lock of the aggregate. */
    @Override
    @SuppressWarnings("unchecked")
    public <K, V> @Nullable V get(K key) {
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

    /** Used only by Axon's cache of sagas, which is not in use here. */
    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        throw new UnsupportedOperationException("The cache of aggregates has no listeners");
    }
}
