package io.orderflow.payment.gateway.stripe;

import com.stripe.Stripe;
import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import io.orderflow.payment.gateway.GatewaySettings;
import io.orderflow.platform.spi.DaemonThreads;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Carries the SDK's requests. The SDK's own client repeats a POST by itself when the connection drops, bounds each read
 * instead of the whole answer, and keeps a file in the user's home to recognise the installation by; this one does not.
 */
final class StripeTransport extends com.stripe.net.HttpClient {

    private static final String USER_AGENT = "Stripe/v1 JavaBindings/" + Stripe.VERSION + " Orderflow";
    private static final String TELEMETRY = "X-Stripe-Client-Telemetry";

    private final HttpClient http;
    private final Duration patience;

    StripeTransport(GatewaySettings settings) {
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .executor(Executors.newCachedThreadPool(DaemonThreads.named("payment-gateway-http"))).build();
        patience = settings.connectTimeout().plus(settings.responseTimeout());
    }

    @Override
    public StripeResponse request(StripeRequest request) throws ApiConnectionException {
        var call = http.sendAsync(http(request), BodyHandlers.ofString(StandardCharsets.UTF_8));
        try {
            var answer = call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return new StripeResponse(answer.statusCode(), HttpHeaders.of(answer.headers().map()), answer.body());
        } catch (ExecutionException broken) {
            throw new ApiConnectionException("No answer: " + broken.getCause(), broken.getCause());
        } catch (TimeoutException late) {
            call.cancel(true);
            throw new ApiConnectionException("No answer within " + patience, late);
        } catch (InterruptedException stopped) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new ApiConnectionException("Interrupted while waiting for the answer", stopped);
        }
    }

    private static HttpRequest http(StripeRequest request) {
        var content = request.content();
        var http = HttpRequest.newBuilder(URI.create(request.url().toString()))
                .method(request.method().name(), content == null ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(content.byteArrayContent()));
        request.headers().map().forEach((name, values) -> values.stream().filter(value -> !name.equals(TELEMETRY))
                .forEach(value -> http.header(name, value)));
        if (content != null) {
            http.setHeader("Content-Type", content.contentType());
        }
        return http.setHeader("User-Agent", USER_AGENT).build();
    }
}
