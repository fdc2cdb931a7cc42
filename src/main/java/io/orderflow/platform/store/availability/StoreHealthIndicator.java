package io.orderflow.platform.store.availability;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/** Down while the store cannot be written, even if it can be read. A broken store also makes liveness fail. */
@Component
class StoreHealthIndicator implements HealthIndicator {

    private final StoreAvailability availability;

    StoreHealthIndicator(StoreAvailability availability, ApplicationContext application) {
        this.availability = availability;
        availability.onUnwritable(cause -> {
            if (availability.isBroken()) {
                AvailabilityChangeEvent.publish(application, LivenessState.BROKEN);
            }
        });
    }

    @Override
    public Health health() {
        return availability.unwritable().map(cause -> Health.down().withDetail("cause", StoreAvailability.reason(cause))
                .withDetail("restart_needed", availability.isBroken()).build()).orElseGet(() -> Health.up().build());
    }
}
