package io.orderflow.platform.store;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/** Down while the store cannot be written, although it may be read. Once it is broken the application is not alive either. */
@Component
class StoreHealthIndicator implements HealthIndicator {

    private final StoreAvailability availability;

    StoreHealthIndicator(StoreAvailability availability, ApplicationContext application) {
        this.availability = availability;
        availability.whenLost(cause -> {
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
