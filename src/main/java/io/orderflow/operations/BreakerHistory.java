package io.orderflow.operations;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last calls through a circuit breaker on this node, and the time of its last transition. */
final class BreakerHistory {

    private static final Logger LOG = LoggerFactory.getLogger(BreakerHistory.class);
    private static final int REMEMBERED = 5_000;

    private final String breaker;
    private final Clock clock;
    private final Deque<Call> calls = new ArrayDeque<>();
    private volatile Instant since;

    BreakerHistory(CircuitBreaker breaker, Clock clock) {
        this.breaker = breaker.getName();
        this.clock = clock;
        this.since = clock.instant();
        breaker.getEventPublisher().onSuccess(call -> add(call.getElapsedDuration(), false))
                .onError(call -> add(call.getElapsedDuration(), true))
                .onStateTransition(change -> changed(change.getStateTransition()));
    }

    private record Call(Instant at, Duration duration, boolean failed) {
    }

    /**
     * The calls that ended in one minute.
     *
     * @param minute    its first instant, UTC
     * @param p50Millis median duration
     * @param p95Millis 95th percentile of the duration
     */
    record Minute(String breaker, Instant minute, int calls, int failed, long p50Millis, long p95Millis) {
    }

    static String text(CircuitBreaker.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** Time of the last transition, or of the start of this node. */
    Instant since() {
        return since;
    }

    /** Oldest first; minutes without a call are left out. */
    synchronized List<Minute> minutes(Instant first) {
        return calls.stream().filter(call -> !call.at().isBefore(first))
                .collect(Collectors.groupingBy(call -> call.at().truncatedTo(ChronoUnit.MINUTES), TreeMap::new,
                        Collectors.toList()))
                .entrySet().stream().map(minute -> minute(minute.getKey(), minute.getValue())).toList();
    }

    private void changed(CircuitBreaker.StateTransition transition) {
        since = clock.instant();
        LOG.info("Circuit breaker {} changed from {} to {}", breaker, text(transition.getFromState()),
                text(transition.getToState()));
    }

    private synchronized void add(Duration duration, boolean failed) {
        if (calls.size() == REMEMBERED) {
            calls.removeFirst();
        }
        calls.addLast(new Call(clock.instant(), duration, failed));
    }

    private Minute minute(Instant minute, List<Call> calls) {
        List<Duration> sorted = calls.stream().map(Call::duration).sorted().toList();
        return new Minute(breaker, minute, calls.size(), (int) calls.stream().filter(Call::failed).count(),
                percentile(sorted, 50), percentile(sorted, 95));
    }

    private static long percentile(List<Duration> sorted, int percent) {
        return sorted.get((sorted.size() * percent + 99) / 100 - 1).toMillis();
    }
}
