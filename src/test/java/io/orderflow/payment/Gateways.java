package io.orderflow.payment;

import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.orderflow.payment.gateway.GatewayGuard;
import io.orderflow.payment.gateway.GatewayOperation;
import io.orderflow.payment.gateway.GatewaySettings;
import io.orderflow.payment.gateway.http.HttpPaymentGateway;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.shared.PaymentMethod;
import java.time.Clock;
import java.time.Duration;

/** A gateway adapter that is quick to give up, and what to ask it. */
public final class Gateways {

    static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(2);
    public static final Duration OPEN_WAIT = Duration.ofSeconds(30);

    private Gateways() {
    }

    /** The guards of production with short waits; each call makes breakers of its own. */
    public static HttpPaymentGateway at(String url, int tries, int chargesAtOnce) {
        var retries = RetryRegistry.of(RetryConfig.custom().maxAttempts(tries).waitDuration(Duration.ofMillis(5))
                .ignoreExceptions(CallNotPermittedException.class).build());
        var breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom().slidingWindowSize(5)
                .minimumNumberOfCalls(5).failureRateThreshold(100).waitDurationInOpenState(OPEN_WAIT).build());
        var bulkheads = BulkheadRegistry.of(BulkheadConfig.custom().maxConcurrentCalls(chargesAtOnce)
                .maxWaitDuration(Duration.ofMillis(10)).build());
        return new HttpPaymentGateway(settings(url), Clock.systemUTC(),
                new GatewayGuard("gateway-charges", retries, breakers, bulkheads),
                new GatewayGuard("gateway-reversals", retries, breakers, bulkheads));
    }

    public static GatewaySettings settings(String url) {
        return new GatewaySettings("sandbox", url, Duration.ofSeconds(2), RESPONSE_TIMEOUT, "whsec_test",
                Duration.ofMinutes(1));
    }

    public static GatewayOperation authorize(String token) {
        return authorize(Payments.AUTHORIZE, token);
    }

    public static GatewayOperation authorize(String id, String token) {
        return new GatewayOperation(id, Kind.AUTHORIZE, Payments.PAYMENT, Payments.ORDER, Payments.TOTAL,
                new PaymentMethod(token), null);
    }

    public static GatewayOperation following(Kind kind, String id, long cents, String authorizationId) {
        return new GatewayOperation(id, kind, Payments.PAYMENT, Payments.ORDER, Payments.euro(cents), null,
                authorizationId);
    }
}
