package io.orderflow.payment.gateway.http;

import io.orderflow.shared.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signature of a callback: {@code t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">}. The signed time limits how
 * long a recorded callback can be replayed.
 */
final class CallbackSignature {

    static final String HEADER = "Sandbox-Signature";

    private static final Pattern FORM = Pattern.compile("t=(\\d{1,12}),v1=([0-9a-f]{64})");
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;
    private final Clock clock;

    CallbackSignature(String secret, Clock clock) {
        this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.clock = clock;
    }

    /** @throws Refusal when the body was not signed with our secret within the tolerance */
    void requireGenuine(byte[] body, @Nullable String signature) {
        var parts = FORM.matcher(signature == null ? "" : signature);
        if (!parts.matches()) {
            throw refusal("The header '%s' is missing or malformed.".formatted(HEADER));
        }
        if (!MessageDigest.isEqual(HexFormat.of().parseHex(parts.group(2)), sign(parts.group(1), body))) {
            throw refusal("The signature does not match the body.");
        }
        var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(parts.group(1))), clock.instant());
        if (age.abs().compareTo(TOLERANCE) > 0) {
            throw refusal("The time of the signature is more than %s minutes off; sign the callback again.".formatted(
                    TOLERANCE.toMinutes()));
        }
    }

    private byte[] sign(String time, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update((time + '.').getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has " + ALGORITHM, e);
        }
    }

    private static Refusal refusal(String why) {
        return new Refusal(Refusal.Kind.INVALID, "invalid_signature", why);
    }
}
