package io.orderflow.shared;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The place in a list where the next page begins; opaque to callers. */
public final class Cursor {

    private Cursor() {
    }

    /** The cursor that continues after the row with this key. */
    public static String after(Object key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The key behind a cursor; null for the first page. */
    public static String key(String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw invalid();
        }
    }

    /** The numeric key behind a cursor. */
    public static long number(String cursor, long first) {
        if (cursor == null) {
            return first;
        }
        try {
            return Long.parseLong(key(cursor));
        } catch (NumberFormatException malformed) {
            throw invalid();
        }
    }

    /** What to answer a cursor that leads nowhere. */
    public static Refusal invalid() {
        return new Refusal(Refusal.Kind.MALFORMED, "invalid_cursor",
                "This cursor is not one of ours; take 'next' from the page before, or leave it out to start over.");
    }
}
