package io.orderflow.operations;

import java.util.TreeMap;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Tells how many events are parked, by group. Degraded by them, yet up: they hold up their own orders only, and the node
 * is ready for all others.
 */
@Component
class DeadLettersHealthIndicator implements HealthIndicator {

    private final DeadLetterRows letters;

    DeadLettersHealthIndicator(DeadLetterRows letters) {
        this.letters = letters;
    }

    @Override
    public Health health() {
        var parked = new TreeMap<>(letters.counts());
        return Health.up().withDetail("degraded", !parked.isEmpty()).withDetail("parked", parked).build();
    }
}
