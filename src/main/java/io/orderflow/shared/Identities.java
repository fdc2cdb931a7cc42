package io.orderflow.shared;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** How identities are written and derived: a prefix, then 128 bits of SHA-256 in Crockford's base 32. */
final class Identities {

    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int LENGTH = 26;
    private static final int BITS_PER_CHARACTER = 5;

    private Identities() {
    }

    static void requirePrefix(String value, String prefix) {
        if (value == null || !value.startsWith(prefix) || value.length() == prefix.length() || value.length() > 64) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_id",
                    "There is nothing with the id '%s'; ids of this kind start with '%s'.".formatted(value, prefix));
        }
    }

    static String suffix(String value) {
        return value.substring(value.indexOf('_') + 1);
    }

    static String derive(String prefix, String... parts) {
        byte[] hash = sha256(String.join("\u0000", parts));
        var derived = new StringBuilder(prefix);
        for (int character = 0; character < LENGTH; character++) {
            int bit = character * BITS_PER_CHARACTER;
            int window = (hash[bit / 8] & 0xff) << 8 | hash[bit / 8 + 1] & 0xff;
            derived.append(ALPHABET[window >> 11 - bit % 8 & 31]);
        }
        return derived.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
