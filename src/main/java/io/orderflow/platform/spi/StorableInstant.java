package io.orderflow.platform.spi;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** Parses instants of requests: RFC 3339, of the years 1 to 9999, which every store can hold. */
public final class StorableInstant {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private StorableInstant() {
    }

    /**
     * Truncates to microseconds, as the stores do.
     *
     * @throws DateTimeException when the text has no date, time and offset, or another year
     */
    public static Instant parse(String text) {
        Instant instant = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new DateTimeException("Not of the years 1 to 9999: " + text);
        }
        return instant;
    }
}
