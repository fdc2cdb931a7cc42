package io.orderflow.platform.web.request;

import io.orderflow.shared.Refusal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The key under which a caller repeats a request: a quoted string as in draft-ietf-httpapi-idempotency-key-header, or
 * the same without quotes.
 */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";
    private static final int LONGEST = 255;
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]+");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\[\"\\\\])*)\"");
    /** Two headers, joined by a proxy. */
    private static final Pattern SEVERAL = Pattern.compile(QUOTED + "(\\s*,\\s*" + QUOTED + ")+");

    private IdempotencyKey() {
    }

    /** @throws Refusal unless there is exactly one valid key */
    static String of(List<String> headers) {
        if (headers.size() > 1 || headers.size() == 1 && SEVERAL.matcher(headers.get(0).strip()).matches()) {
            throw invalid("A request has one '%s'; this one has several.".formatted(HEADER));
        }
        if (headers.isEmpty() || headers.get(0).isBlank()) {
            throw new Refusal(Refusal.Kind.MALFORMED, "idempotency_key_required", ("Send an '%s' header: a new key for "
                    + "each new request, the same key for a repetition.").formatted(HEADER));
        }
        String key = unquoted(headers.get(0).strip());
        if (key.isBlank() || key.length() > LONGEST || !PRINTABLE.matcher(key).matches()) {
            throw invalid("An '%s' has 1 to %s printable ASCII characters.".formatted(HEADER, LONGEST));
        }
        return key;
    }

    private static Refusal invalid(String detail) {
        return new Refusal(Refusal.Kind.MALFORMED, "invalid_idempotency_key", detail);
    }

    private static String unquoted(String header) {
        var quoted = QUOTED.matcher(header);
        return quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : header;
    }
}
