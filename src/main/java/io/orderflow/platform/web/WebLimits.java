package io.orderflow.platform.web;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What one request may take from others.
 *
 * @param maxBody            of a caller who is known
 * @param maxAnonymousBody   of anybody else, such as a gateway that calls back
 * @param slowClientPatience how long one request may keep a thread waiting for its client, all in all
 * @param slowClients        how many may do so at once
 * @param hosts              names under which the application is reached although it listens at this machine only
 */
@Validated
@ConfigurationProperties("orderflow.web")
record WebLimits(@DefaultValue("1MB") @NotNull DataSize maxBody, @DefaultValue("64KB") @NotNull DataSize maxAnonymousBody,
        @DefaultValue("20s") @NotNull Duration slowClientPatience, @DefaultValue("50") @Min(1) int slowClients,
        @DefaultValue List<String> hosts) {
}
