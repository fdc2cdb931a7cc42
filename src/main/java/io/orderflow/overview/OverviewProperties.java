package io.orderflow.overview;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the parts of an overview are asked for.
 *
 * @param patience how long each part may take
 */
@Validated
@ConfigurationProperties("orderflow.overview")
record OverviewProperties(@DefaultValue("800ms") @DurationMin(millis = 1) Duration patience) {
}
