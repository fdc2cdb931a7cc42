package io.orderflow.payment.gateway.stripe;

import com.stripe.Stripe;
import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import io.orderflow.payment.gateway.GatewayHttp;
import io.orderflow.payment.gateway.GatewaySettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * HTTP for Stripe's SDK. The SDK's own client repeats a POST when the connection drops, bounds the time of each read
 * instead of the whole response, bounds no size, and keeps a file in the user's home; this one does not.
 */
final class StripeTransport extends com.stripe.net.HttpClient {

    private static final String USER_AGENT = "Stripe/v1 JavaBindings/" + Stripe.VERSION + " Orderflow";
    private static final String TELEMETRY = "X-Stripe-Client-Telemetry";
    private static final int LARGEST_ANSWER_BYTES = 4 * 1024 * 1024;

    private final ClientHttpRequestFactory requests;

    StripeTransport(GatewaySettings settings) {
        requests = GatewayHttp.requests(settings);
    }

    @Override
    public StripeResponse request(StripeRequest request) throws ApiConnectionException {
        try {
            var http = requests.createRequest(URI.create(request.url().toString()),
                    HttpMethod.valueOf(request.method().name()));
            http.getHeaders().putAll(request.headers().map());
            http.getHeaders().remove(TELEMETRY);
            http.getHeaders().set("User-Agent", USER_AGENT);
            if (request.content() != null) {
                byte[] content = request.content().byteArrayContent();
                http.getHeaders().set("Content-Type", request.content().contentType());
                http.getHeaders().setContentLength(content.length);
                http.getBody().write(content);
            }
            try (var response = http.execute()) {
                return new StripeResponse(response.getStatusCode().value(), HttpHeaders.of(response.getHeaders()),
                        new String(GatewayHttp.body(response, LARGEST_ANSWER_BYTES), StandardCharsets.UTF_8));
            }
        } catch (IOException broken) {
            throw new ApiConnectionException("No response: " + broken, broken);
        }
    }
}
