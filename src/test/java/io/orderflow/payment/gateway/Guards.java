package io.orderflow.payment.gateway;

import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;

/** The guards of production with short waits. */
public final class Guards {

    public static final Duration OPEN_WAIT = Duration.ofSeconds(30);

    private Guards() {
    }

    /** Each call makes breakers of its own. */
    public static PaymentGateway around(PaymentGateway gateway, int tries, int chargesAtOnce) {
        return new GuardedGateway(gateway, RetryRegistry.of(RetryConfig.custom().maxAttempts(tries)
                        .waitDuration(Duration.ofMillis(5)).retryExceptions(AnswerUnknownException.class).build()),
                CircuitBreakerRegistry.of(CircuitBreakerConfig.custom().slidingWindowSize(5).minimumNumberOfCalls(5)
                        .failureRateThreshold(100).recordExceptions(AnswerUnknownException.class)
                        .waitDurationInOpenState(OPEN_WAIT).build()),
                BulkheadRegistry.of(BulkheadConfig.custom().maxConcurrentCalls(chargesAtOnce)
                        .maxWaitDuration(Duration.ofMillis(10)).build()));
    }
}
