package io.orderflow.overview;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** @param patience time limit of the query for each part of an overview */
@Validated
@ConfigurationProperties("orderflow.overview")
record OverviewProperties(@DefaultValue("800ms") @DurationMin(millis = 1) Duration patience) {
}
