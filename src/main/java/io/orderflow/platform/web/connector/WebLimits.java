package io.orderflow.platform.web.connector;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of one request.
 *
 * @param maxBody            of an authenticated caller
 * @param maxAnonymousBody   of all other callers, such as a gateway's callbacks
 * @param slowClientPatience how long one request may wait for its client in total
 * @param slowClients        how many requests may block a thread that way at once
 * @param hosts              host names of the application while it listens on a loopback address
 */
@Validated
@ConfigurationProperties("orderflow.web")
public record WebLimits(@DefaultValue("1MB") @NotNull DataSize maxBody,
        @DefaultValue("64KB") @NotNull DataSize maxAnonymousBody,
        @DefaultValue("20s") @NotNull Duration slowClientPatience, @DefaultValue("50") @Min(1) int slowClients,
        @DefaultValue List<String> hosts) {
}
