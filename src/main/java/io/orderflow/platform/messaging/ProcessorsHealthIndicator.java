package io.orderflow.platform.messaging;

import java.time.Duration;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Down once a processor has failed for a while without getting on: a failure that passes is nobody's business, but one
 * that stays keeps orders waiting. Known from one failure to the next, which are a minute apart at most.
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
