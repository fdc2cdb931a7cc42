package io.orderflow.overview;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.orderflow.overview.OrderOverview.Missing;
import io.orderflow.overview.OrderOverview.Name;
import io.orderflow.overview.OrderOverview.Reason;
import io.orderflow.shared.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.axonframework.common.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queries another module for one part of an overview, on a thread of its own and within a time limit.
 *
 * <p>A query keeps its place in the bulkhead until it ends, also after its caller has given up, so that a module that
 * hangs blocks a limited number of threads. Queries are never interrupted, because an interrupt would close an H2 file.
 */
record Part(Name name, CircuitBreaker breaker, Bulkhead bulkhead, Executor threads, Duration patience) {

    private static final Logger LOG = LoggerFactory.getLogger(Part.class);

    /** The answer to a query, or why there is none. */
    record Outcome<T>(@Nullable T value, @Nullable Missing missing) {

        boolean isMissing() {
            return missing != null;
        }
    }

    /** Completes exceptionally with a {@link Refusal} only; any other failure is an outcome. */
    <T> CompletableFuture<Outcome<T>> ask(Supplier<T> query) {
        return breaker.executeCompletionStage(() -> bulkhead
                        .executeCompletionStage(() -> CompletableFuture.supplyAsync(query, threads))
                        .toCompletableFuture().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS))
                .toCompletableFuture().handle((value, failure) -> failure == null ? new Outcome<>(value, null)
                        : new Outcome<T>(null, new Missing(name, reason(failure))));
    }

    private Reason reason(Throwable failure) {
        if (is(failure, Refusal.class)) {
            throw new CompletionException(failure);
        }
        if (is(failure, CallNotPermittedException.class)) {
            return Reason.BREAKER_OPEN;
        }
        if (is(failure, BulkheadFullException.class)) {
            return Reason.BUSY;
        }
        if (is(failure, TimeoutException.class)) {
            return Reason.TIMEOUT;
        }
        LOG.warn("The part '{}' is missing from an overview", name, failure);
        return Reason.FAILED;
    }

    private static boolean is(Throwable failure, Class<? extends Throwable> type) {
        return ExceptionUtils.findException(failure, type).isPresent();
    }
}
