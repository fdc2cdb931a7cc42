package io.orderflow.platform.messaging;

import io.orderflow.platform.spi.DaemonThreads;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.lifecycle.Lifecycle;
import org.axonframework.lifecycle.Phase;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event store as pooled processors need it: notifies them of new events.
 *
 * <p>Axon's embedded store supports no such callback, so that its pooled processors poll every half second. Here one
 * thread tails the store and notifies all of them; the claim interval bounds the cost of a lost notification. The
 * thread is never interrupted, because an interrupt during I/O closes an H2 file.
 */
final class WakeUpSource implements StreamableMessageSource<TrackedEventMessage<?>>, Lifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(WakeUpSource.class);
    private static final int STOP_SECONDS = 5;

    private final EventStore store;
    private final Set<Runnable> callbacks = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor(
            DaemonThreads.named("event-wake-up"));

    WakeUpSource(EventStore store) {
        this.store = store;
    }

    @Override
    public void registerLifecycleHandlers(LifecycleRegistry lifecycle) {
        lifecycle.onStart(Phase.INBOUND_EVENT_CONNECTORS - 1,
                () -> watcher.scheduleWithFixedDelay(this::watch, 0, 1, TimeUnit.SECONDS));
        lifecycle.onShutdown(Phase.INBOUND_EVENT_CONNECTORS - 1, this::stop);
    }

    private void stop() {
        watcher.shutdown();
        try {
            watcher.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs until the application stops or the store fails, and then again a second later. */
    private void watch() {
        try (var tail = store.openStream(store.createHeadToken())) {
            while (!watcher.isShutdown()) {
                if (tail.hasNextAvailable(1, TimeUnit.SECONDS)) {
                    while (tail.hasNextAvailable()) {
                        tail.nextAvailable();
                    }
                    callbacks.forEach(Runnable::run);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("Cannot watch the event store; processors poll until it answers again", e);
        }
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        return new NotifyingStream(store.openStream(token), callbacks);
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return store.createTailToken();
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        return store.createHeadToken();
    }

    @Override
    public @Nullable TrackingToken createTokenAt(Instant instant) {
        return store.createTokenAt(instant);
    }

    /** A stream of the event store with a callback for new events. */
    private static final class NotifyingStream implements BlockingStream<TrackedEventMessage<?>> {

        private final BlockingStream<TrackedEventMessage<?>> stream;
        private final Set<Runnable> callbacks;
        private @Nullable Runnable callback;

        private NotifyingStream(BlockingStream<TrackedEventMessage<?>> stream, Set<Runnable> callbacks) {
            this.stream = stream;
            this.callbacks = callbacks;
        }

        @Override
        public synchronized boolean setOnAvailableCallback(Runnable onAvailable) {
            callback = onAvailable;
            callbacks.add(onAvailable);
            return true;
        }

        @Override
        public synchronized void close() {
            if (callback != null) {
                callbacks.remove(callback);
            }
            stream.close();
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return stream.peek();
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            return stream.hasNextAvailable(timeout, unit);
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            return stream.nextAvailable();
        }

        @Override
        public void skipMessagesWithPayloadTypeOf(TrackedEventMessage<?> message) {
            stream.skipMessagesWithPayloadTypeOf(message);
        }
    }
}
