package io.orderflow.shared;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** An instant from outside that every store can hold and every reader of RFC 3339 understands: of the years 1 to 9999. */
public final class StorableInstant {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private StorableInstant() {
    }

    /**
     * Microseconds are kept, as in the stores.
     *
     * @throws DateTimeException when the text is no date and time with an offset, or of another year
     */
    public static Instant parse(String text) {
        Instant instant = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new DateTimeException("Not of the years 1 to 9999: " + text);
        }
        return instant;
    }
}
