package io.orderflow.operations;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The last calls through one circuit breaker, as this node saw them; the oldest make room for the newest. */
final class GatewayCalls {

    private static final int REMEMBERED = 5_000;

    private final String breaker;
    private final Clock clock;
    private final Deque<Call> calls = new ArrayDeque<>();

    private GatewayCalls(String breaker, Clock clock) {
        this.breaker = breaker;
        this.clock = clock;
    }

    private record Call(Instant at, Duration duration, boolean failed) {
    }

    /**
     * The calls that ended in one minute.
     *
     * @param minute    its first instant, UTC
     * @param p50Millis half of the calls took no longer
     * @param p95Millis 95 percent of the calls took no longer
     */
    record Minute(String breaker, Instant minute, int calls, int failed, long p50Millis, long p95Millis) {
    }

    static GatewayCalls through(CircuitBreaker breaker, Clock clock) {
        var calls = new GatewayCalls(breaker.getName(), clock);
        breaker.getEventPublisher().onSuccess(call -> calls.add(call.getElapsedDuration(), false))
                .onError(call -> calls.add(call.getElapsedDuration(), true));
        return calls;
    }

    private synchronized void add(Duration duration, boolean failed) {
        if (calls.size() == REMEMBERED) {
            calls.removeFirst();
        }
        calls.addLast(new Call(clock.instant(), duration, failed));
    }

    /** Oldest first; minutes without a call are left out. */
    synchronized List<Minute> since(Instant first) {
        return calls.stream().filter(call -> !call.at().isBefore(first))
                .collect(Collectors.groupingBy(call -> call.at().truncatedTo(ChronoUnit.MINUTES), TreeMap::new,
                        Collectors.toList()))
                .entrySet().stream().map(minute -> minute(minute.getKey(), minute.getValue())).toList();
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
