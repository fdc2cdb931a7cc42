package io.orderflow.shared;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The place in a list where the next page begins; opaque to callers. */
public final class Cursor {

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private Cursor() {
    }

    /**
     * The place after a row in a list that is sorted by time.
     *
     * @param id tells rows of the same instant apart
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
     * The key behind a cursor, or the first one of all when there is no cursor.
     *
     * @param reader refuses what can be no key
     */
    public static <K> K key(String cursor, K first, Function<String, K> reader) {
        if (cursor == null) {
            return first;
        }
        try {
            String key = StorableText.decode(Base64.getUrlDecoder().decode(cursor));
            if (StorableText.isStorable(key) && after(key).equals(cursor)) {
                return reader.apply(key);
            }
        } catch (IllegalArgumentException | CharacterCodingException | DateTimeException | Refusal malformed) {
            // falls through to the one refusal
        }
        throw invalid();
    }

    /** The numeric key behind a cursor. */
    public static long number(String cursor, long first) {
        return key(cursor, first, key -> {
            if (!NUMBER.matcher(key).matches()) {
                throw invalid();
            }
            return Long.valueOf(key);
        });
    }

    /** The instant and id behind a cursor. */
    public static Place place(String cursor, Place first) {
        return key(cursor, first, key -> {
            int blank = key.indexOf(' ');
            return new Place(StorableInstant.parse(key.substring(0, Math.max(blank, 0))), key.substring(blank + 1));
        });
    }

    private static Refusal invalid() {
        return new Refusal(Refusal.Kind.MALFORMED, "invalid_cursor",
                "This cursor is not one of ours; take 'next' from the page before, or leave it out to start over.");
    }
}
