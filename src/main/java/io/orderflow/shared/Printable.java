package io.orderflow.shared;

import java.util.Locale;

/** Text of others that is shown in a line of its own: in a log, or at a terminal. */
public final class Printable {

    private Printable() {
    }

    /**
     * Replaces what would break the line, move the cursor or change the direction of reading by an escape such as
     * <code>&#92;n</code> or <code>&#92;u2028</code>; null for null.
     */
    public static String encode(String text) {
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

    /** Controls, line and paragraph separators, marks of direction and halves of surrogate pairs. */
    private static boolean isHarmful(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.FORMAT,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
