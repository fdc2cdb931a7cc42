package io.orderflow.payment.gateway;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import io.orderflow.payment.query.PaymentView.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a bulkhead, retries and a circuit breaker around the operations of a gateway, one set for taking money and one
 * for giving it back: {@code resilience4j.*.instances.gateway-charges} and {@code gateway-reversals}.
 *
 * <p>The bulkhead is outermost because it limits threads, and a call that waits for its next try occupies one. The
 * ledger is not guarded: a failed reconciliation is repeated as a whole.
 */
final class GuardedGateway implements PaymentGateway {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedGateway.class);
    private static final Duration UNTIL_A_CALL_ENDS = Duration.ofMillis(200);

    private final PaymentGateway gateway;
    private final RetryRegistry retries;
    private final CircuitBreakerRegistry breakers;
    private final BulkheadRegistry bulkheads;

    GuardedGateway(PaymentGateway gateway, RetryRegistry retries, CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads) {
        this.gateway = gateway;
        this.retries = retries;
        this.breakers = breakers;
        this.bulkheads = bulkheads;
    }

    @Override
    public String name() {
        return gateway.name();
    }

    /** A refusal after a try without an answer decides nothing: that try may have taken effect. */
    @Override
    public GatewayOutcome perform(GatewayOperation operation) {
        var doubt = new AtomicReference<@Nullable AnswerUnknownException>();
        try {
            var outcome = storable(call(operation.kind(), doubt, () -> gateway.perform(operation)));
            return doubt.get() == null || !outcome.isRefusal() ? outcome : unknown(doubt.get());
        } catch (AnswerUnknownException unknown) {
            return unknown(unknown);
        }
    }

    @Override
    public Optional<GatewayOutcome> lookUp(GatewayOperation operation) {
        try {
            return call(operation.kind(), new AtomicReference<>(), () -> gateway.lookUp(operation))
                    .map(GuardedGateway::storable);
        } catch (AnswerUnknownException unknown) {
            return Optional.of(unknown(unknown));
        }
    }

    @Override
    public Stream<GatewayEntry> ledger(Instant since) {
        return gateway.ledger(since);
    }

    @Override
    public Optional<GatewayNotice> read(byte[] body, UnaryOperator<@Nullable String> header) {
        return gateway.read(body, header);
    }

    private <T> T call(Kind kind, AtomicReference<@Nullable AnswerUnknownException> doubt, Supplier<T> question) {
        var name = kind == Kind.AUTHORIZE || kind == Kind.CAPTURE ? "gateway-charges" : "gateway-reversals";
        CircuitBreaker breaker = breakers.circuitBreaker(name);
        Bulkhead bulkhead = bulkheads.bulkhead(name);
        Supplier<T> remembering = () -> {
            try {
                return question.get();
            } catch (AnswerUnknownException unknown) {
                doubt.set(unknown);
                if (unknown.getCause() != null) {
                    LOG.info("A call through {} had no usable answer: {}", name, unknown.getCause().toString());
                }
                throw unknown;
            }
        };
        try {
            return Bulkhead.decorateSupplier(bulkhead, Retry.decorateSupplier(retries.retry(name),
                    CircuitBreaker.decorateSupplier(breaker, remembering))).get();
        } catch (BulkheadFullException full) {
            throw new GatewayBusyException(UNTIL_A_CALL_ENDS, full.getMessage());
        } catch (CallNotPermittedException open) {
            throw doubtOr(doubt, new GatewayBusyException(Duration.ofMillis(breaker.getCircuitBreakerConfig()
                    .getWaitIntervalFunctionInOpenState().apply(1)), open.getMessage()));
        } catch (GatewayBusyException busy) {
            throw doubtOr(doubt, busy);
        }
    }

    /** A try that was not made does not take away the doubt that an earlier one has left. */
    private static RuntimeException doubtOr(AtomicReference<@Nullable AnswerUnknownException> doubt,
            GatewayBusyException busy) {
        return doubt.get() == null ? busy : doubt.get();
    }

    /** The gateway has answered: neither a reason to repeat the call nor a failure of the gateway. */
    private static GatewayOutcome storable(GatewayOutcome outcome) {
        if (!outcome.isStorable()) {
            throw new AnswerUnknownException("The gateway's answer has a text that cannot be stored");
        }
        return outcome;
    }

    private static GatewayOutcome unknown(AnswerUnknownException reason) {
        return GatewayOutcome.unknown(reason.getMessage());
    }
}
