package io.orderflow.platform.spi;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a module keeps something that nobody needs for ever.
 *
 * @param what in logs and as the tag of metrics, such as {@code requests}
 * @param keep for how long; zero for ever
 * @param old  deletes what is older
 */
public record Retention(String what, Duration keep, Old old) {

    public Retention {
        if (keep.isNegative()) {
            throw new IllegalArgumentException("orderflow.retention." + what + " is " + keep
                    + ": name a duration, or 0 to keep them for ever");
        }
    }

    /** What is kept, by its age. */
    public interface Old {

        /**
         * Deletes the oldest in one short transaction.
         *
         * @param limit about so many: all of one instant go together
         * @return how many they were; fewer than the limit when no more are old enough
         */
        int delete(Instant before, int limit);
    }
}
