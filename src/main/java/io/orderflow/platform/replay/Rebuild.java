package io.orderflow.platform.replay;

import io.orderflow.platform.replay.ReplayView.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds one projection anew: handles all events in a scratch database while the projection goes on, then has it rest
 * for the last of them and puts the result in its place. Whatever fails or is killed before that, the projection is as
 * it was.
 */
final class Rebuild implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
    private static final int BATCH = 500;
    /** How long an event that the projection has handled may take to be found in the store. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String id;
    private final Projection projection;
    private final StreamingEventProcessor processor;
    private final EventStore events;
    private final RebuildSteps workshop;
    private final Clock clock;
    private final Instant startedAt;

    private volatile boolean switching;
    private volatile boolean stopped;
    private volatile long handled;
    private volatile long position = -1;
    private volatile TrackingToken token;
    private volatile Cutover.Outcome outcome;
    private volatile End end;

    Rebuild(String id, Projection projection, StreamingEventProcessor processor, EventStore events, RebuildSteps workshop,
            Clock clock) {
        this.id = id;
        this.projection = projection;
        this.processor = processor;
        this.events = events;
        this.workshop = workshop;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /** What a rebuild works with, for its projection. */
    interface RebuildSteps {

        ShadowProjection projectInto(ShadowTables scratch);

        Cutover switchOver();
    }

    /** @param failure null when it was completed */
    private record End(Instant at, String failure) {
    }

    String id() {
        return id;
    }

    boolean isOver() {
        return end != null;
    }

    /** Has it end at the next batch; never by an interrupt, which would close an H2 file for everybody. */
    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        try {
            build();
            end = new End(clock.instant(), null);
            LOG.info("{} is replayed: {} events, {}", projection.name(), handled, outcome);
        } catch (Exception | Error thrown) {
            end = new End(clock.instant(), thrown.toString());
            LOG.error("{} could not be replayed and is as it was", projection.name(), thrown);
        }
    }

    private void build() throws Exception {
        token = events.createTailToken();
        try (var scratch = ShadowTables.create(); var stream = events.openStream(token)) {
            var built = workshop.projectInto(scratch);
            while (stream.hasNextAvailable()) {
                handleNext(stream, built);
            }
            switching = true;
            boolean ran = processor.isRunning();
            processor.shutDown();
            try {
                var live = workshop.switchOver();
                catchUp(live.reached(), stream, built);
                outcome = live.replaceBy(scratch, token);
            } finally {
                if (ran && !stopped) {
                    processor.start();
                }
            }
        }
    }

    /** At least as far as the projection in use: its readers have seen what it has seen. */
    private void catchUp(TrackingToken reached, BlockingStream<TrackedEventMessage<?>> stream, ShadowProjection built)
            throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (reached != null && !covers(reached)) {
            if (stream.hasNextAvailable(1, TimeUnit.SECONDS)) {
                handleNext(stream, built);
            } else if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("The projection is at %s, of which only %s can be found".formatted(
                        reached, token));
            }
        }
    }

    /**
     * Whether the scratch has what the projection in use has. The one may have given up a gap that the other still waits
     * for: then the store tells whether anything has filled it.
     */
    private boolean covers(TrackingToken reached) throws InterruptedException {
        if (!(token instanceof GapAwareTrackingToken built && reached instanceof GapAwareTrackingToken live)) {
            return token != null && token.covers(reached);
        }
        if (built.getIndex() < live.getIndex()) {
            return false;
        }
        var doubtful = new TreeSet<>(built.getGaps().headSet(live.getIndex() + 1));
        doubtful.removeAll(live.getGaps());
        if (doubtful.isEmpty()) {
            return true;
        }
        try (var next = events.openStream(GapAwareTrackingToken.newInstance(built.getIndex(), doubtful))) {
            return !next.hasNextAvailable()
                    || next.nextAvailable().trackingToken().position().orElseThrow() > built.getIndex();
        }
    }

    private void handleNext(BlockingStream<TrackedEventMessage<?>> stream, ShadowProjection built)
            throws InterruptedException {
        if (stopped) {
            throw new IllegalStateException("The application is being stopped");
        }
        List<TrackedEventMessage<?>> batch = new ArrayList<>();
        while (batch.size() < BATCH && stream.hasNextAvailable()) {
            batch.add(stream.nextAvailable());
        }
        built.handle(batch);
        handled += batch.size();
        token = batch.get(batch.size() - 1).trackingToken();
        position = token.position().orElse(position);
    }

    ReplayView view() {
        End ended = end;
        Cutover.Outcome result = outcome;
        TrackingToken last = events.createHeadToken();
        long head = last == null ? -1 : last.position().orElse(-1);
        Status status = status(ended);
        return new ReplayView(id, projection.name(), status, handled, position, head,
                status == Status.COMPLETED ? 100 : percentage(head), startedAt, ended == null ? null : ended.at(),
                result == null ? null : result.rowsDiffered(), result == null ? null : result.parked(),
                ended == null ? null : ended.failure());
    }

    private Status status(End ended) {
        if (ended == null) {
            return switching ? Status.SWITCHING : Status.RUNNING;
        }
        return ended.failure() == null ? Status.COMPLETED : Status.FAILED;
    }

    private int percentage(long head) {
        return head < 0 ? 0 : (int) Math.min(99, 100 * (position + 1) / (head + 1));
    }
}
