package io.orderflow.sandbox;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Carries one callback to its receiver, once. */
final class WebhookSender {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT).build();
    private final Receiver receiver;

    WebhookSender(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Whether the receiver took it. */
    boolean delivers(Callback callback) throws InterruptedException {
        var body = Json.bytes(callback);
        var request = HttpRequest.newBuilder(receiver.url()).timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Sandbox-Signature", receiver.signature(body, Instant.now()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        var answer = http.sendAsync(request, BodyHandlers.discarding());
        try {
            // The request's own time-out ends with the answer's headers; its body may never end.
            return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).statusCode() / 100 == 2;
        } catch (ExecutionException e) {
            return false;
        } catch (TimeoutException e) {
            answer.cancel(true);
            return false;
        }
    }
}
