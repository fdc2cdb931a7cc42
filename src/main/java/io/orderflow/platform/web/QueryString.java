package io.orderflow.platform.web;

import io.orderflow.shared.Refusal;
import io.orderflow.shared.StorableText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a query all or not at all: Tomcat leaves out what it cannot decode, and a filter that is left out answers everything. */
final class QueryString {

    private QueryString() {
    }

    /**
     * @param raw null for none
     * @return the values of each parameter, in the order in which they come
     * @throws Refusal when some of it is not percent-encoded UTF-8, or has control characters
     */
    static Map<String, List<String>> read(String raw) {
        var parameters = new LinkedHashMap<String, List<String>>();
        for (String parameter : raw == null ? new String[0] : raw.split("&")) {
            if (!parameter.isEmpty()) {
                String[] pair = parameter.split("=", 2);
                parameters.computeIfAbsent(decode(pair[0]), name -> new ArrayList<>())
                        .add(pair.length == 1 ? "" : decode(pair[1]));
            }
        }
        return parameters;
    }

    private static String decode(String encoded) {
        try {
            String text = StorableText.decode(bytes(encoded));
            if (StorableText.isStorable(text)) {
                return text;
            }
        } catch (CharacterCodingException | NumberFormatException | IndexOutOfBoundsException unreadable) {
            // falls through to the one refusal
        }
        throw new Refusal(Refusal.Kind.MALFORMED, "invalid_parameter", "The query has '%s', which is not percent-encoded "
                .formatted(encoded.replaceAll("[^\\x20-\\x7e]", "?")) + "UTF-8 without control characters.");
    }

    /** @throws NumberFormatException or {@link IndexOutOfBoundsException} when a percent sign stands before no two digits */
    private static byte[] bytes(String encoded) {
        var bytes = new ByteArrayOutputStream();
        for (int at = 0; at < encoded.length(); at++) {
            switch (encoded.charAt(at)) {
                case '%' -> {
                    bytes.write(HexFormat.fromHexDigit(encoded.charAt(at + 1)) << 4
                            | HexFormat.fromHexDigit(encoded.charAt(at + 2)));
                    at += 2;
                }
                case '+' -> bytes.write(' ');
                default -> bytes.writeBytes(encoded.substring(at, at + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
