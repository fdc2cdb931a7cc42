package io.orderflow.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Down once a processor has failed for a while without getting on: a failure that passes is nobody's business, but one
 * that stays keeps orders waiting.
 */
@Component
class ProcessorsHealthIndicator implements HealthIndicator {

    private final ProcessorFailures failures;
    private final Clock clock;
    private final Duration tolerance;

    /** @param tolerance how long a processor may fail */
    ProcessorsHealthIndicator(ProcessorFailures failures, Clock clock,
            @Value("${orderflow.processors.error-tolerance:2m}") Duration tolerance) {
        this.failures = failures;
        this.clock = clock;
        this.tolerance = tolerance;
    }

    @Override
    public Health health() {
        Instant longAgo = clock.instant().minus(tolerance);
        var details = new TreeMap<String, Object>();
        failures.all().forEach((segment, failure) -> {
            if (failure.since().isBefore(longAgo)) {
                details.put(segment, failure.error());
            }
        });
        return details.isEmpty() ? Health.up().build() : Health.down().withDetails(details).build();
    }
}
