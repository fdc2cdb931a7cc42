package io.orderflow.platform.replay;

import io.orderflow.platform.replay.Projections.Projection;
import io.orderflow.platform.spi.DaemonThreads;
import io.orderflow.platform.spi.ProcessorTokens;
import io.orderflow.shared.Refusal;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.axonframework.config.Configuration;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The replays of this process: one at a time and the last one of each projection. */
@Component
final class Replays implements SmartLifecycle {

    private static final long LAST_BATCH_SECONDS = 15;

    private final Configuration axon;
    private final ProcessorTokens tokens;
    private final JdbcTemplate live;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Map<String, Replay> replays = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("replay"));

    Replays(Configuration axon, ProcessorTokens tokens, JdbcTemplate live, PlatformTransactionManager transactions,
            Clock clock) {
        this.axon = axon;
        this.tokens = tokens;
        this.live = live;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Starts a replay, unless the same request has started it before.
     *
     * @throws Refusal when another replay of the projection is running
     */
    Replay start(String id, Projection projection) {
        return replays.compute(projection.name(), (name, last) -> {
            if (last != null && last.id().equals(id)) {
                return last;
            }
            if (last != null && !last.isOver()) {
                throw new Refusal(Refusal.Kind.CONFLICT, "replay_running",
                        "Another replay of '%s' is running; GET shows its progress.".formatted(name));
            }
            var replay = new Replay(id, projection, axon, tokens, live, transaction, clock, threads::isShutdown);
            threads.execute(replay);
            return replay;
        });
    }

    Optional<Replay> last(String projection) {
        return Optional.ofNullable(replays.get(projection));
    }

    @Override
    public void start() {
        // Replays are started by requests
    }

    /**
     * Ends replays before anything else stops: an aborted replay has changed nothing. They are not interrupted, because
     * an interrupt during I/O would close an H2 file.
     */
    @Override
    public void stop() {
        threads.shutdown();
        try {
            threads.awaitTermination(LAST_BATCH_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return !threads.isShutdown();
    }
}
