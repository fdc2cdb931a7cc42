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
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The circuit breakers and bulkheads of the node that answers, and the calls through them. */
@RestController
@RequestMapping("/v1/operations/resilience")
class ResilienceController {

    private final CircuitBreakerRegistry breakers;
    private final BulkheadRegistry bulkheads;
    private final Map<String, BreakerHistory> histories = new ConcurrentSkipListMap<>();
    private final Clock clock;

    ResilienceController(CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads, Clock clock) {
        this.breakers = breakers;
        this.bulkheads = bulkheads;
        this.clock = clock;
        breakers.getAllCircuitBreakers().forEach(this::watch);
        breakers.getEventPublisher().onEntryAdded(added -> watch(added.getAddedEntry()));
    }

    private void watch(CircuitBreaker breaker) {
        histories.put(breaker.getName(), new BreakerHistory(breaker, clock));
    }

    /**
     * @param failurePercent of the counted calls; null while they are too few
     * @param calls          counted calls
     * @param refused        calls refused since the breaker opened
     * @param since          when it entered this state, UTC; not before this node started
     */
    record BreakerView(String name, String state, @Nullable Integer failurePercent, int calls, int failedCalls,
            long refused, Instant since) {
    }

    record BulkheadView(String name, int permits, int freePermits) {
    }

    record ResilienceView(List<BreakerView> breakers, List<BulkheadView> bulkheads) {
    }

    /** @param minutes oldest first for each breaker; minutes without a call are left out */
    record CallView(List<BreakerHistory.Minute> minutes) {
    }

    @GetMapping("/calls")
    CallView calls(@RequestParam(defaultValue = "30") @Min(1) @Max(120) int minutes) {
        Instant first = clock.instant().truncatedTo(ChronoUnit.MINUTES).minus(minutes - 1L, ChronoUnit.MINUTES);
        return new CallView(histories.values().stream().flatMap(each -> each.minutes(first).stream()).toList());
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
        return new BreakerView(breaker.getName(), BreakerHistory.text(breaker.getState()),
                failures < 0 ? null : failures, metrics.getNumberOfBufferedCalls(), metrics.getNumberOfFailedCalls(),
                metrics.getNumberOfNotPermittedCalls(), histories.get(breaker.getName()).since());
    }

    private static BulkheadView view(Bulkhead bulkhead) {
        var metrics = bulkhead.getMetrics();
        return new BulkheadView(bulkhead.getName(), metrics.getMaxAllowedConcurrentCalls(),
                metrics.getAvailableConcurrentCalls());
    }
}
