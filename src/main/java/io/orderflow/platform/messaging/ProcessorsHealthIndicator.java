package io.orderflow.platform.messaging;

import java.time.Duration;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Down while a processor has been failing for longer than tolerated: transient failures are ignored, but a persistent
 * one blocks orders. Retries, and so new failures, are at most a minute apart.
 */
@Component
class ProcessorsHealthIndicator implements HealthIndicator {

    private final ProcessorFailures failures;
    private final Duration tolerance;

    /** @param tolerance how long a processor may fail */
    ProcessorsHealthIndicator(ProcessorFailures failures,
            @Value("${orderflow.processors.error-tolerance:2m}") Duration tolerance) {
        this.failures = failures;
        this.tolerance = tolerance;
    }

    @Override
    public Health health() {
        var details = new TreeMap<String, Object>();
        failures.all().forEach((segment, failure) -> {
            if (Duration.between(failure.since(), failure.last()).compareTo(tolerance) >= 0) {
                details.put(segment, failure.error());
            }
        });
        return details.isEmpty() ? Health.up().build() : Health.down().withDetails(details).build();
    }
}
