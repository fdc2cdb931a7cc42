package io.orderflow.sandbox;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Who wants to be called back, and the secret by which he knows that it is the gateway that calls. */
record Receiver(URI url, String secret) {

    /** Nobody, when there is no address. */
    static Optional<Receiver> of(String url, String secret) {
        if (url.isBlank()) {
            return Optional.empty();
        }
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw unusable(url);
        }
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw unusable(url);
        }
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("callback-secret must not be empty: whoever is called back at " + url
                    + " has to know that it is the gateway that calls");
        }
        return Optional.of(new Receiver(uri, secret));
    }

    /** The time is signed too, so that an old callback cannot be played again as a new one. */
    String signature(byte[] body, Instant now) {
        var time = String.valueOf(now.getEpochSecond());
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return "t=" + time + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return url.toString();
    }

    private static IllegalArgumentException unusable(String url) {
        return new IllegalArgumentException("callback-url must be an http address, or empty for none: " + url);
    }
}
