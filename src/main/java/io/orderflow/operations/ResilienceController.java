package io.orderflow.operations;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The circuit breakers and bulkheads of the node that answers, and how its calls went. */
@RestController
@RequestMapping("/v1/operations/resilience")
class ResilienceController {

    private static final Logger LOG = LoggerFactory.getLogger(ResilienceController.class);

    private final CircuitBreakerRegistry breakers;
    private final BulkheadRegistry bulkheads;
    /** Since when each breaker is in its state: it does not know itself. */
    private final Map<String, Instant> since = new ConcurrentHashMap<>();
    private final Map<String, GatewayCalls> calls = new ConcurrentSkipListMap<>();
    private final Clock clock;

    ResilienceController(CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads, Clock clock) {
        this.breakers = breakers;
        this.bulkheads = bulkheads;
        this.clock = clock;
        breakers.getAllCircuitBreakers().forEach(this::watch);
        breakers.getEventPublisher().onEntryAdded(added -> watch(added.getAddedEntry()));
    }

    private void watch(CircuitBreaker breaker) {
        calls.put(breaker.getName(), GatewayCalls.through(breaker, clock));
        since.put(breaker.getName(), clock.instant());
        breaker.getEventPublisher().onStateTransition(transition -> {
            since.put(breaker.getName(), clock.instant());
            LOG.info("Circuit breaker {} is {} now, it was {}", breaker.getName(),
                    word(transition.getStateTransition().getToState()),
                    word(transition.getStateTransition().getFromState()));
        });
    }

    private static String word(CircuitBreaker.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param failurePercent of the last calls; null while there are too few to tell
     * @param calls          the last calls that are counted
     * @param refused        calls refused since the breaker is open
     * @param since          UTC; not before this node started
     */
    record BreakerView(String name, String state, Integer failurePercent, int calls, int failedCalls, long refused,
            Instant since) {
    }

    record BulkheadView(String name, int permits, int freePermits) {
    }

    record ResilienceView(List<BreakerView> breakers, List<BulkheadView> bulkheads) {
    }

    /** @param minutes oldest first for each breaker; those without a call are left out */
    record CallView(List<GatewayCalls.Minute> minutes) {
    }

    @GetMapping("/calls")
    CallView calls(@RequestParam(defaultValue = "30") @Min(1) @Max(120) int minutes) {
        Instant first = clock.instant().truncatedTo(ChronoUnit.MINUTES).minus(minutes - 1L, ChronoUnit.MINUTES);
        return new CallView(calls.values().stream().flatMap(each -> each.since(first).stream()).toList());
    }

    @GetMapping
    ResilienceView show() {
        return new ResilienceView(
                breakers.getAllCircuitBreakers().stream().map(this::view)
                        .sorted(Comparator.comparing(BreakerView::name)).toList(),
                bulkheads.getAllBulkheads().stream().map(ResilienceController::view)
                        .sorted(Comparator.comparing(BulkheadView::name)).toList());
    }

    private BreakerView view(CircuitBreaker breaker) {
        var metrics = breaker.getMetrics();
        int failures = Math.round(metrics.getFailureRate());
        return new BreakerView(breaker.getName(), word(breaker.getState()),
                failures < 0 ? null : failures, metrics.getNumberOfBufferedCalls(), metrics.getNumberOfFailedCalls(),
                metrics.getNumberOfNotPermittedCalls(), since.get(breaker.getName()));
    }

    private static BulkheadView view(Bulkhead bulkhead) {
        var metrics = bulkhead.getMetrics();
        return new BulkheadView(bulkhead.getName(), metrics.getMaxAllowedConcurrentCalls(),
                metrics.getAvailableConcurrentCalls());
    }
}
