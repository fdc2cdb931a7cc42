package io.orderflow.payment.gateway;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The payment gateway in use.
 *
 * @param name            {@code sandbox} or {@code stripe}
 * @param responseTimeout from the start of the request to the end of the response
 * @param callbackSecret  signs the callbacks of the sandbox; has no default that others could know
 * @param refundRetry     delay of the second attempt at a refused refund; the third waits ten times as long
 */
@ConfigurationProperties("orderflow.payment.gateway")
public record GatewaySettings(@DefaultValue("sandbox") String name, @DefaultValue("http://127.0.0.1:8089") String url,
        @DefaultValue("2s") Duration connectTimeout, @DefaultValue("5s") Duration responseTimeout,
        String callbackSecret, @DefaultValue("1m") Duration refundRetry) {

    private static final int REFUND_DELAY_FACTOR = 10;

    Duration refundDelay(int attempt) {
        return switch (attempt) {
            case 1 -> Duration.ZERO;
            case 2 -> refundRetry;
            default -> refundRetry.multipliedBy(REFUND_DELAY_FACTOR);
        };
    }

    @Override
    public String toString() {
        return "GatewaySettings[name=%s, url=%s]".formatted(name, url);
    }
}
