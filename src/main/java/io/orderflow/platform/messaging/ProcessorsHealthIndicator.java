package io.orderflow.platform.messaging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Down once a processor has failed for long without getting on: short trouble passes by itself. A segment shows no
 * error while it is tried again, so that only its progress tells that it is well.
 */
@Component
class ProcessorsHealthIndicator implements HealthIndicator {

    private final EventProcessingConfiguration configuration;
    private final Clock clock;
    private final Duration tolerance;
    private final Map<String, Failing> failing = new HashMap<>();

    /** @param tolerance how long a processor may fail */
    ProcessorsHealthIndicator(EventProcessingConfiguration configuration, Clock clock,
            @Value("${orderflow.processors.error-tolerance:2m}") Duration tolerance) {
        this.configuration = configuration;
        this.clock = clock;
        this.tolerance = tolerance;
    }

    private record Failing(Instant since, OptionalLong position, String error) {
    }

    @Override
    public synchronized Health health() {
        configuration.eventProcessors().forEach((name, processor) -> {
            if (processor instanceof StreamingEventProcessor streaming) {
                streaming.processingStatus().forEach((segment, status) -> look(name + '/' + segment, status));
            }
        });
        Instant longAgo = clock.instant().minus(tolerance);
        var details = new TreeMap<String, Object>();
        failing.forEach((segment, failure) -> {
            if (failure.since().isBefore(longAgo)) {
                details.put(segment, failure.error());
            }
        });
        return details.isEmpty() ? Health.up().build() : Health.down().withDetails(details).build();
    }

    private void look(String segment, EventTrackerStatus status) {
        Failing known = failing.get(segment);
        boolean moved = known != null && !known.position().equals(status.getCurrentPosition());
        if (moved || status.isCaughtUp() && !status.isErrorState()) {
            failing.remove(segment);
        }
        if (status.isErrorState()) {
            failing.putIfAbsent(segment, new Failing(clock.instant(), status.getCurrentPosition(),
                    String.valueOf(status.getError())));
        }
    }
}
