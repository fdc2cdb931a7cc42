package io.orderflow.platform.spi;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a module keeps data of one kind.
 *
 * @param what name in logs and tag of metrics, such as {@code requests}
 * @param keep retention period; zero keeps the data for ever
 * @param old  deletes data that is older
 */
public record Retention(String what, Duration keep, Old old) {

    public Retention {
        if (keep.isNegative()) {
            throw new IllegalArgumentException("orderflow.retention." + what + " is " + keep
                    + ": use a duration, or 0 to keep them for ever");
        }
    }

    /** Deletes data by its age. */
    public interface Old {

        /**
         * Deletes the oldest data in one short transaction.
         *
         * @param limit approximate number to delete: data of the same instant is deleted together
         * @return the number deleted; fewer than the limit when no more is old enough
         */
        int delete(Instant before, int limit);
    }
}
