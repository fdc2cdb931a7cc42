package io.orderflow.platform.messaging;

import io.orderflow.platform.spi.DaemonThreads;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.lifecycle.Lifecycle;
import org.axonframework.lifecycle.Phase;
import org.axonframework.messaging.StreamableMessageSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event store as pooled processors need it: tells them when there is something to read.
 *
 * <p>Axon's embedded store has no such call-back, so that its pooled processors poll every half second. One thread
 * tails the store here and wakes all of them; the claim interval bounds what a lost wake-up would cost. It is stopped
 * by a flag and never interrupted, because an interrupt during I/O closes an H2 file for everybody.
 */
final class WakeUpSource implements StreamableMessageSource<TrackedEventMessage<?>>, Lifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(WakeUpSource.class);

    private final EventStore store;
    private final Set<Runnable> sleepers = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private Thread watch;

    WakeUpSource(EventStore store) {
        this.store = store;
    }

    @Override
    public void registerLifecycleHandlers(LifecycleRegistry lifecycle) {
        lifecycle.onStart(Phase.INBOUND_EVENT_CONNECTORS - 1, this::start);
        lifecycle.onShutdown(Phase.INBOUND_EVENT_CONNECTORS - 1, this::stop);
    }

    private void start() {
        running = true;
        watch = DaemonThreads.named("event-wake-up").newThread(this::watch);
        watch.start();
    }

    private void stop() {
        running = false;
        try {
            watch.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        while (running) {
            try (var tail = store.openStream(store.createHeadToken())) {
                while (running) {
                    if (tail.hasNextAvailable(1, TimeUnit.SECONDS)) {
                        skipAvailable(tail);
                        sleepers.forEach(Runnable::run);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warn("Cannot watch the event store; processors poll until it answers again", e);
                pause();
            }
        }
    }

    private static void skipAvailable(BlockingStream<TrackedEventMessage<?>> tail) throws InterruptedException {
        while (tail.hasNextAvailable()) {
            tail.nextAvailable();
        }
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(TrackingToken token) {
        return new WakingStream(store.openStream(token), sleepers);
    }

    @Override
    public TrackingToken createTailToken() {
        return store.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return store.createHeadToken();
    }

    @Override
    public TrackingToken createTokenAt(Instant instant) {
        return store.createTokenAt(instant);
    }
}
