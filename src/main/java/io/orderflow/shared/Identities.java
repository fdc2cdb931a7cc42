package io.orderflow.shared;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Format of identities: a prefix, then 128 bits in Crockford's base 32, as in a ULID. They begin with the time, so that
 * new rows are appended to indexes.
 */
public final class Identities {

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 26;
    private static final int RANDOM_BITS = 64;
    private static final int COUNTER_BITS = 16;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AtomicLong LAST = new AtomicLong();

    private Identities() {
    }

    /** A new identity, greater than all before it in this process even where its clock is set back. */
    public static String next(String prefix, Instant now) {
        long time = LAST.updateAndGet(last -> Math.max(last + 1, counted(now)));
        return prefix + written(time, new BigInteger(RANDOM_BITS, RANDOM));
    }

    /** The identity of the only resource of its kind that is due at an instant. */
    public static String at(String prefix, Instant due) {
        return prefix + written(counted(due), BigInteger.ZERO);
    }

    private static long counted(Instant time) {
        return time.toEpochMilli() << COUNTER_BITS;
    }

    private static String written(long time, BigInteger random) {
        String digits = BigInteger.valueOf(time).shiftLeft(RANDOM_BITS).add(random).toString(ALPHABET.length());
        return "0".repeat(LENGTH - digits.length()) + digits.chars()
                .mapToObj(digit -> String.valueOf(ALPHABET.charAt(Character.digit(digit, ALPHABET.length()))))
                .collect(Collectors.joining());
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
}
