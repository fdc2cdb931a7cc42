package io.orderflow.platform.replay;

import io.orderflow.platform.replay.Projections.Projection;
import io.orderflow.platform.replay.ReplayView.Status;
import io.orderflow.platform.spi.ProcessorTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Replays one projection: handles all events into shadow tables while the projection keeps working, stops its processor
 * for the last of them, and replaces the rows that differ. A failure or a kill before that leaves the projection as it
 * was.
 */
final class Replay implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final int BATCH = 500;
    /** How long an event that the projection has handled may take to be found in the store. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final String id;
    private final Projection projection;
    private final Configuration axon;
    private final EventStore events;
    private final ProcessorTokens tokens;
    private final JdbcTemplate live;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final BooleanSupplier stopping;
    private final Instant startedAt;

    private volatile Status phase = Status.RUNNING;
    private volatile long handled;
    private volatile long position = -1;
    private @Nullable TrackingToken token;
    private volatile @Nullable End end;

    /** Either an outcome or a failure. */
    private record End(Instant at, Cutover.@Nullable Outcome outcome, @Nullable String failure) {
    }

    /** @param stopping whether the application is being stopped: then the replay ends at the next batch */
    Replay(String id, Projection projection, Configuration axon, ProcessorTokens tokens, JdbcTemplate live,
            TransactionTemplate transaction, Clock clock, BooleanSupplier stopping) {
        this.id = id;
        this.projection = projection;
        this.axon = axon;
        this.events = axon.eventStore();
        this.tokens = tokens;
        this.live = live;
        this.transaction = transaction;
        this.clock = clock;
        this.stopping = stopping;
        this.startedAt = clock.instant();
    }

    String id() {
        return id;
    }

    boolean isOver() {
        return end != null;
    }

    @Override
    public void run() {
        try {
            var outcome = replay();
            end = new End(clock.instant(), outcome, null);
            LOG.info("{} is replayed: {} events, {}", projection.name(), handled, outcome);
        } catch (Exception | Error thrown) {
            end = new End(clock.instant(), null, thrown.toString());
            LOG.error("{} could not be replayed and is unchanged", projection.name(), thrown);
        }
    }

    private Cutover.Outcome replay() throws Exception {
        var processor = axon.eventProcessingConfiguration()
                .eventProcessor(projection.name(), StreamingEventProcessor.class).orElseThrow();
        token = events.createTailToken();
        try (var tables = ShadowTables.create()) {
            var shadow = new ShadowProjection(projection, axon, live.getDataSource(), tables.store());
            handleUpTo(-1, shadow);
            phase = Status.SWITCHING;
            boolean ran = processor.isRunning();
            processor.shutDown();
            try {
                handleUpTo(livePosition(), shadow);
                return new Cutover(projection, processor,
                        axon.eventProcessingConfiguration().tokenStore(projection.name()), live, transaction, clock)
                        .replaceBy(tables.jdbc(), token);
            } finally {
                if (ran && !stopping.getAsBoolean()) {
                    processor.start();
                }
            }
        }
    }

    /**
     * Handles all stored events, and at least those up to a number. The stream is a new one, because only that surely
     * begins with events that have filled gaps.
     */
    private void handleUpTo(long required, ShadowProjection shadow) throws InterruptedException {
        long giveUp = System.nanoTime() + TIMEOUT.toNanos();
        try (var stream = events.openStream(token)) {
            while (stream.hasNextAvailable() || position < required) {
                if (stream.hasNextAvailable(1, TimeUnit.SECONDS)) {
                    handleNext(stream, shadow);
                    giveUp = System.nanoTime() + TIMEOUT.toNanos();
                } else if (System.nanoTime() > giveUp) {
                    throw new IllegalStateException("The projection has handled event %s, but the store ends at %s"
                            .formatted(required, position));
                }
            }
        }
    }

    private void handleNext(BlockingStream<TrackedEventMessage<?>> stream, ShadowProjection shadow)
            throws InterruptedException {
        if (stopping.getAsBoolean()) {
            throw new IllegalStateException("The application is being stopped");
        }
        List<TrackedEventMessage<?>> batch = new ArrayList<>();
        while (batch.size() < BATCH && stream.hasNextAvailable()) {
            batch.add(stream.nextAvailable());
        }
        shadow.handle(batch);
        handled += batch.size();
        TrackingToken last = batch.get(batch.size() - 1).trackingToken();
        token = last;
        position = last.position().orElse(position);
    }

    /** Readers of the live tables have seen the events up to here. */
    private long livePosition() {
        return tokens.all().stream().filter(row -> row.processor().equals(projection.name()))
                .mapToLong(ProcessorTokens.Row::position).max().orElse(-1);
    }

    ReplayView view() {
        TrackingToken last = events.createHeadToken();
        long head = last == null ? -1 : last.position().orElse(-1);
        int percentage = head < 0 ? 0 : (int) Math.min(99, 100 * (position + 1) / (head + 1));
        End over = end;
        if (over == null) {
            return new ReplayView(id, projection.name(), phase, handled, position, head, percentage, startedAt, null,
                    null, null, null);
        }
        var outcome = over.outcome();
        return outcome == null
                ? new ReplayView(id, projection.name(), Status.FAILED, handled, position, head, percentage, startedAt,
                        over.at(), null, null, over.failure())
                : new ReplayView(id, projection.name(), Status.COMPLETED, handled, position, head, 100, startedAt,
                        over.at(), outcome.rowsDiffered(), outcome.parked(), null);
    }
}
