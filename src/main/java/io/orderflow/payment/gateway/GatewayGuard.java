package io.orderflow.payment.gateway;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the calls of one direction, taking money or giving it back: so many at once, a few tries for an answer, and
 * none for a while after failures in a row. The numbers are configuration, {@code resilience4j.*.instances.<name>}.
 *
 * <p>The bulkhead is outermost because what it rations is threads, and a call that waits for its next try holds one.
 */
public final class GatewayGuard {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayGuard.class);
    private static final Duration UNTIL_A_CALL_ENDS = Duration.ofMillis(200);

    private final Retry retry;
    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;

    public GatewayGuard(String name, RetryRegistry retries, CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads) {
        retry = retries.retry(name);
        breaker = breakers.circuitBreaker(name);
        bulkhead = bulkheads.bulkhead(name);
    }

    /**
     * The gateway's answer.
     *
     * @throws AnswerUnknownException when it was asked, however often, and none came
     * @throws GatewayBusyException   when it was not asked
     */
    public <T> T call(Supplier<T> question) {
        var doubt = new AtomicReference<AnswerUnknownException>();
        Supplier<T> remembering = () -> {
            try {
                return question.get();
            } catch (AnswerUnknownException unknown) {
                doubt.set(unknown);
                if (unknown.getCause() != null) {
                    LOG.info("A call through {} told nothing: {}", breaker.getName(), unknown.getCause().toString());
                }
                throw unknown;
            }
        };
        try {
            return Bulkhead.decorateSupplier(bulkhead, Retry.decorateSupplier(retry,
                    CircuitBreaker.decorateSupplier(breaker, remembering))).get();
        } catch (BulkheadFullException full) {
            throw new GatewayBusyException(UNTIL_A_CALL_ENDS, full);
        } catch (CallNotPermittedException resting) {
            // A try that is refused after one that ended in doubt does not take the doubt away.
            throw doubt.get() == null ? new GatewayBusyException(rest(), resting) : doubt.get();
        }
    }

    private Duration rest() {
        return Duration.ofMillis(breaker.getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState().apply(1));
    }
}
