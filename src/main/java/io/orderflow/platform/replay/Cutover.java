package io.orderflow.platform.replay;

import io.orderflow.platform.spi.Rebuilt;
import io.orderflow.shared.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts what was built beside a projection in its place, in one transaction: all of it or nothing. */
final class Cutover {

    private final Projection projection;
    private final StreamingEventProcessor processor;
    private final TokenStore tokens;
    private final JdbcTemplate live;
    private final TransactionTemplate transaction;
    private final ParkedEvents parked;

    /** @param processor the projection's, which has to rest meanwhile */
    Cutover(Projection projection, StreamingEventProcessor processor, TokenStore tokens, JdbcTemplate live,
            TransactionTemplate transaction, ParkedEvents parked) {
        this.projection = projection;
        this.processor = processor;
        this.tokens = tokens;
        this.live = live;
        this.transaction = transaction;
        this.parked = parked;
    }

    /** How far the projection in use has come; null before the first event. */
    TrackingToken reached() {
        return transaction.execute(open -> {
            open.setRollbackOnly();
            return claim();
        });
    }

    /**
     * @param token how far the scratch has come
     * @return how many rows differed in each table, and how many events are parked
     */
    Outcome replaceBy(ShadowTables scratch, TrackingToken token) {
        return transaction.execute(open -> {
            claim();
            requireRest();
            parked.lock();
            Map<String, Long> differing = new LinkedHashMap<>();
            for (String name : projection.tables()) {
                var table = KeyedTable.of(scratch.jdbc(), name);
                differing.put(name, new Difference(table, live, scratch.jdbc()).settle());
            }
            if (projection.handlers() instanceof Rebuilt rebuilt) {
                rebuilt.onRebuilt();
            }
            for (int segment : tokens.fetchSegments(projection.name())) {
                tokens.storeToken(token, projection.name(), segment);
                tokens.releaseClaim(projection.name(), segment);
            }
            return new Outcome(differing, parked.replaceBy(scratch));
        });
    }

    /**
     * @param rowsDiffered by table
     * @param parked       events that the projection refused, and those behind them
     */
    record Outcome(Map<String, Long> rowsDiffered, long parked) {
    }

    /** Locks the tokens: whoever starts the processor now, on any node, waits until the transaction has ended. */
    private TrackingToken claim() {
        return IntStream.of(tokens.fetchSegments(projection.name()))
                .mapToObj(segment -> tokens.fetchToken(projection.name(), segment))
                .map(WrappedToken::unwrapUpperBound)
                .filter(token -> token != null)
                .reduce(TrackingToken::upperBound).orElse(null);
    }

    private void requireRest() {
        if (processor.isRunning()) {
            throw new Refusal(Refusal.Kind.CONFLICT, "processor_running",
                    "The processor '%s' was started meanwhile.".formatted(projection.name()));
        }
    }
}
