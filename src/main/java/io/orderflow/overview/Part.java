package io.orderflow.overview;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.orderflow.overview.OrderOverview.Missing;
import io.orderflow.overview.OrderOverview.Name;
import io.orderflow.overview.OrderOverview.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.axonframework.common.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks another module for its part of an overview, on a thread of its own and for a limited time.
 *
 * <p>The bulkhead counts a question until it is really answered, long after whoever asked has gone: so many threads and no
 * more can hang in a module that hangs. Nothing is interrupted, which would close an H2 file for everybody.
 */
record Part(Name name, CircuitBreaker breaker, Bulkhead bulkhead, Executor threads, Duration patience) {

    private static final Logger LOG = LoggerFactory.getLogger(Part.class);

    /** What was had, or why it was not. */
    record Outcome<T>(T value, Missing missing) {

        boolean isMissing() {
            return missing != null;
        }
    }

    <T> CompletableFuture<Outcome<T>> ask(Supplier<T> question) {
        return breaker.executeCompletionStage(() -> bulkhead
                        .executeCompletionStage(() -> CompletableFuture.supplyAsync(question, threads))
                        .toCompletableFuture().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS))
                .toCompletableFuture().handle((value, failure) -> failure == null ? new Outcome<>(value, null)
                        : new Outcome<T>(null, new Missing(name, reason(failure))));
    }

    private Reason reason(Throwable failure) {
        if (is(failure, CallNotPermittedException.class)) {
            return Reason.BREAKER_OPEN;
        }
        if (is(failure, BulkheadFullException.class)) {
            return Reason.BUSY;
        }
        if (is(failure, TimeoutException.class)) {
            return Reason.TIMEOUT;
        }
        LOG.warn("An overview goes without its part '{}'", name, failure);
        return Reason.FAILED;
    }

    private static boolean is(Throwable failure, Class<? extends Throwable> type) {
        return ExceptionUtils.findException(failure, type).isPresent();
    }
}
