package io.orderflow.shared;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Text from outside that every store can hold: PostgreSQL refuses NUL, and UTF-8 has no half of a surrogate pair. */
public final class StorableText {

    private StorableText() {
    }

    /** Whether there is no control character in it but tabs and line breaks, and no half of a surrogate pair. */
    public static boolean isStorable(String text) {
        return text.codePoints().noneMatch(StorableText::isUnwritable);
    }

    /** Whether it is absent, or storable in a column of so many characters. */
    public static boolean fits(@Nullable String text, int longest) {
        return text == null || text.length() <= longest && isStorable(text);
    }

    /** How many characters a person counts: code points, as JSON Schema does, not the units of UTF-16. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The beginning of a text that fits into a column of so many units of UTF-16 (H2) or code points (PostgreSQL). */
    public static String cut(String text, int longest) {
        if (text == null || text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }

    /** @throws CharacterCodingException when the bytes are not UTF-8: overlong, cut off or of another encoding */
    public static String decode(byte[] utf8) throws CharacterCodingException {
        String text = new String(utf8, StandardCharsets.UTF_8);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8)) {
            throw new MalformedInputException(utf8.length);
        }
        return text;
    }

    private static boolean isUnwritable(int codePoint) {
        boolean layout = codePoint == '\t' || codePoint == '\n' || codePoint == '\r';
        return Character.isISOControl(codePoint) && !layout
                || codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
