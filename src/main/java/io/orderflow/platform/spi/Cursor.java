package io.orderflow.platform.spi;

import io.orderflow.shared.Refusal;
import io.orderflow.shared.StorableText;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The position in a list at which the next page starts; opaque to callers. */
public final class Cursor {

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private Cursor() {
    }

    /**
     * The position after a row of a list that is sorted by time.
     *
     * @param id orders rows of the same instant
     */
    public record Place(Instant at, String id) {
    }

    /** The cursor that continues after the row with this key. */
    public static String after(Object key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The cursor that continues after the row with this instant and id. */
    public static String after(Instant at, Object id) {
        return after(at + " " + id);
    }

    /**
     * The key in a cursor, or the first one when there is no cursor.
     *
     * @param reader throws when the key is invalid
     */
    public static <K> K key(@Nullable String cursor, K first, Function<String, K> reader) {
        if (cursor == null) {
            return first;
        }
        try {
            String key = StorableText.decode(Base64.getUrlDecoder().decode(cursor));
            if (StorableText.isStorable(key) && after(key).equals(cursor)) {
                return reader.apply(key);
            }
        } catch (IllegalArgumentException | CharacterCodingException | DateTimeException | Refusal malformed) {
            // Refused below
        }
        throw invalid();
    }

    /** The numeric key in a cursor. */
    public static long number(@Nullable String cursor, long first) {
        return key(cursor, first, key -> {
            if (!NUMBER.matcher(key).matches()) {
                throw invalid();
            }
            return Long.valueOf(key);
        });
    }

    /** The instant and id in a cursor. */
    public static Place place(@Nullable String cursor, Place first) {
        return key(cursor, first, key -> {
            int blank = key.indexOf(' ');
            return new Place(StorableInstant.parse(key.substring(0, Math.max(blank, 0))), key.substring(blank + 1));
        });
    }

    private static Refusal invalid() {
        return new Refusal(Refusal.Kind.MALFORMED, "invalid_cursor",
                "This cursor is not from this list; take 'next' of the previous page, or leave it out to start over.");
    }
}
