package io.orderflow.sandbox.callback;

import io.orderflow.sandbox.bank.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The address that callbacks are posted to, and the secret that signs them. */
public record CallbackReceiver(URI url, String secret) {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT).build();

    /** @param url empty for none */
    public static Optional<CallbackReceiver> of(String url, String secret) {
        if (url.isBlank()) {
            return Optional.empty();
        }
        if (!isHttp(url)) {
            throw new IllegalArgumentException("callback-url must be an http address, or empty for none: " + url);
        }
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("callback-secret must not be empty: the receiver at " + url
                    + " could not tell callbacks of the gateway from others");
        }
        return Optional.of(new CallbackReceiver(URI.create(url), secret));
    }

    private static boolean isHttp(String url) {
        try {
            var uri = new URI(url);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** @return whether the receiver accepted the callback */
    boolean accepts(Callback callback) throws InterruptedException {
        var body = Json.bytes(callback);
        var request = HttpRequest.newBuilder(url).timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Sandbox-Signature", signature(body, Instant.now()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        var response = HTTP.sendAsync(request, BodyHandlers.discarding());
        try {
            // The request's own timeout covers the headers only; the body may never end.
            return response.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).statusCode() / 100 == 2;
        } catch (ExecutionException e) {
            return false;
        } catch (TimeoutException e) {
            response.cancel(true);
            return false;
        }
    }

    /** The time is signed too, so that a recorded callback cannot be replayed as a new one. */
    private String signature(byte[] body, Instant now) {
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

    /** Without the secret. */
    @Override
    public String toString() {
        return url.toString();
    }
}
