package io.orderflow.platform.replay;

import io.orderflow.shared.Refusal;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.deadletter.jdbc.DeadLetterSchema;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The replays of this process: one at a time for each projection, the last of which is remembered. */
@Component
final class Rebuilds implements SmartLifecycle {

    private static final long LAST_BATCH_SECONDS = 15;

    private final Configuration axon;
    private final EventStore events;
    private final DeadLetterSchema deadLetters;
    private final RoutedDataSource store;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Map<String, Rebuild> rebuilds = new ConcurrentHashMap<>();
    private final Map<Rebuild, Thread> threads = new ConcurrentHashMap<>();
    private volatile boolean running;

    Rebuilds(Configuration axon, EventStore events, DeadLetterSchema deadLetters, DataSource store,
            PlatformTransactionManager transactions, Clock clock) throws SQLException {
        this.axon = axon;
        this.events = events;
        this.deadLetters = deadLetters;
        this.store = store.unwrap(RoutedDataSource.class);
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Begins a replay, unless this is the one that the same request has begun before.
     *
     * @throws Refusal when another replay of the projection goes on
     */
    Rebuild start(String id, Projection projection) {
        return rebuilds.compute(projection.name(), (name, last) -> {
            if (last != null && last.id().equals(id)) {
                return last;
            }
            if (last != null && !last.isOver()) {
                throw new Refusal(Refusal.Kind.CONFLICT, "replay_running",
                        "'%s' is being replayed since before; GET tells how far it is.".formatted(name));
            }
            return launch(id, projection);
        });
    }

    private Rebuild launch(String id, Projection projection) {
        StreamingEventProcessor processor = axon.eventProcessingConfiguration()
                .eventProcessor(projection.name(), StreamingEventProcessor.class).orElseThrow();
        var rebuild = new Rebuild(id, projection, processor, events, workshop(projection, processor), clock);
        var thread = new Thread(() -> {
            rebuild.run();
            threads.remove(rebuild);
        }, "replay-" + projection.name());
        thread.setDaemon(true);
        threads.put(rebuild, thread);
        thread.start();
        return rebuild;
    }

    private Rebuild.RebuildSteps workshop(Projection projection, StreamingEventProcessor processor) {
        return new Rebuild.RebuildSteps() {
            @Override
            public ShadowProjection projectInto(ShadowTables scratch) {
                return new ShadowProjection(projection, axon, store, scratch, transaction);
            }

            @Override
            public Cutover switchOver() {
                var live = new JdbcTemplate(store);
                return new Cutover(projection, processor,
                        axon.eventProcessingConfiguration().tokenStore(projection.name()), live, transaction,
                        new ParkedEvents(projection.name(), deadLetters, live, clock));
            }
        };
    }

    Optional<Rebuild> last(String projection) {
        return Optional.ofNullable(rebuilds.get(projection));
    }

    @Override
    public void start() {
        running = true;
    }

    /** First of all, while the stores can still be read: a replay that is cut off has changed nothing. */
    @Override
    public void stop() {
        running = false;
        threads.keySet().forEach(Rebuild::stop);
        for (Thread thread : threads.values()) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(LAST_BATCH_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
