package io.orderflow.platform.web;

import io.orderflow.shared.Refusal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The key under which a caller repeats a request: a string in quotes as in draft-ietf-httpapi-idempotency-key-header,
 * or the same without them.
 */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";
    static final int LONGEST = 255;
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]+");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\[\"\\\\])*)\"");

    /** What a proxy makes of two headers. */
    private static final Pattern SEVERAL = Pattern.compile(QUOTED + "(\\s*,\\s*" + QUOTED + ")+");

    private IdempotencyKey() {
    }

    /** @throws Refusal when there is none or more than one, or none of this form */
    static String of(List<String> headers) {
        if (headers.size() > 1 || headers.size() == 1 && SEVERAL.matcher(headers.get(0).strip()).matches()) {
            throw new Refusal(Refusal.Kind.MALFORMED, "invalid_idempotency_key",
                    "A request has one '%s', and this one has several.".formatted(HEADER));
        }
        return of(headers.isEmpty() ? null : headers.get(0));
    }

    /** @throws Refusal when there is none, or none of this form */
    static String of(String header) {
        if (header == null || header.isBlank()) {
            throw new Refusal(Refusal.Kind.MALFORMED, "idempotency_key_required", ("Send an '%s' header, a new one for "
                    + "each new request and the same one for a repetition.").formatted(HEADER));
        }
        String key = unquoted(header.strip());
        if (key.isBlank() || key.length() > LONGEST || !PRINTABLE.matcher(key).matches()) {
            throw new Refusal(Refusal.Kind.MALFORMED, "invalid_idempotency_key",
                    "An '%s' is 1 to %s printable ASCII characters.".formatted(HEADER, LONGEST));
        }
        return key;
    }

    private static String unquoted(String header) {
        var quoted = QUOTED.matcher(header);
        return quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : header;
    }
}
