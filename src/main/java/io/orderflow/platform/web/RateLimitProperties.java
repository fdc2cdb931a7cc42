package io.orderflow.platform.web;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many requests one caller may send.
 *
 * @param requests in each window
 * @param window   whole seconds
 */
@Validated
@ConfigurationProperties("orderflow.web.rate-limit")
record RateLimitProperties(@DefaultValue("true") boolean enabled, @DefaultValue("100000") @Min(1) int requests,
        @DefaultValue("10s") @NotNull Duration window) {
}
