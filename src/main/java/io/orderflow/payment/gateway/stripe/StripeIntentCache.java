package io.orderflow.payment.gateway.stripe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What this process has seen of authorizations: it saves searching for them in a month of payments, and nothing is
 * wrong when it is forgotten.
 */
final class StripeIntentCache {

    private static final int MOST = 10_000;
    /** By how much Stripe's clock may be behind ours. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final Cache<String, Trace> traces = Caffeine.newBuilder().maximumSize(MOST).build();
    private final Clock clock;
    private final Duration lookBack;

    StripeIntentCache(Clock clock, Duration lookBack) {
        this.clock = clock;
        this.lookBack = lookBack;
    }

    private record Trace(Instant askedAt, String intentId) {
    }

    /** An operation is about to be asked for. Whoever was in doubt about it before has searched for it in vain. */
    void asked(String operationId) {
        traces.asMap().putIfAbsent(operationId, new Trace(clock.instant(), null));
    }

    void found(String operationId, String intentId) {
        traces.put(operationId, new Trace(clock.instant(), intentId));
    }

    Optional<String> intent(String operationId) {
        return Optional.ofNullable(traces.getIfPresent(operationId)).map(Trace::intentId);
    }

    /** Before when it cannot have been made. */
    Instant earliest(String operationId) {
        return Optional.ofNullable(traces.getIfPresent(operationId)).map(trace -> trace.askedAt().minus(SKEW))
                .orElseGet(() -> clock.instant().minus(lookBack));
    }
}
