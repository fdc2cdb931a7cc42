package io.orderflow.shared;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Encodes foreign text for one line of a log or terminal. */
public final class Printable {

    private Printable() {
    }

    /**
     * Escapes characters that would break the line, move the cursor or change the reading direction, such as
     * <code>&#92;n</code> or <code>&#92;u2028</code>.
     */
    public static @Nullable String encode(@Nullable String text) {
        if (text == null || text.codePoints().noneMatch(Printable::isHarmful)) {
            return text;
        }
        var encoded = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '\n' -> encoded.append("\\n");
                case '\r' -> encoded.append("\\r");
                case '\t' -> encoded.append("\\t");
                default -> {
                    if (isHarmful(point)) {
                        encoded.append(String.format(Locale.ROOT, "\\u%04x", point));
                    } else {
                        encoded.appendCodePoint(point);
                    }
                }
            }
        });
        return encoded.toString();
    }

    /** Control characters, line and paragraph separators, direction marks and unpaired surrogates. */
    private static boolean isHarmful(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.FORMAT,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
