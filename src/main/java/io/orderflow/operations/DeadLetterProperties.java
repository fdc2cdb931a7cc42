package io.orderflow.operations;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How parked events are tried again by themselves.
 *
 * @param every    how often is looked for letters that are due
 * @param first    wait before the first attempt; doubles with each
 * @param longest  what it doubles up to
 * @param attempts after so many only an operator tries again
 */
@ConfigurationProperties("orderflow.dead-letters")
record DeadLetterProperties(
        @DefaultValue("10s") Duration every,
        @DefaultValue("30s") Duration first,
        @DefaultValue("15m") Duration longest,
        @DefaultValue("10") int attempts) {

    private static final int DOUBLINGS = 16;

    /** How long a letter rests that was tried so often in vain. */
    Duration rest(int tried) {
        Duration doubled = first.multipliedBy(1L << Math.min(tried, DOUBLINGS));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
