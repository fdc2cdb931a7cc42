package io.orderflow.operations;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Automatic retries of dead letters.
 *
 * @param every    interval of looking for letters that are due
 * @param first    delay of the first retry; doubles with each retry
 * @param longest  longest delay
 * @param attempts number of automatic retries
 */
@ConfigurationProperties("orderflow.dead-letters")
record DeadLetterProperties(
        @DefaultValue("10s") Duration every,
        @DefaultValue("30s") Duration first,
        @DefaultValue("15m") Duration longest,
        @DefaultValue("10") int attempts) {

    private static final int DOUBLINGS = 16;

    Duration delay(int retries) {
        Duration doubled = first.multipliedBy(1L << Math.min(retries, DOUBLINGS));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
