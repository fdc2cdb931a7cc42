package io.orderflow.payment.gateway;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which payment gateway is used, where it is and how long it may take.
 *
 * @param name            {@code sandbox} or {@code stripe}
 * @param connectTimeout  until a connection stands
 * @param responseTimeout from the request's first byte to the answer's last
 * @param callbackSecret  with which the sandbox signs its callbacks; has no default that others could know
 * @param refundRetry     until a refused refund is asked for once more; the time after is ten times that
 */
@ConfigurationProperties("orderflow.payment.gateway")
public record GatewaySettings(@DefaultValue("sandbox") String name, @DefaultValue("http://127.0.0.1:8089") String url,
        @DefaultValue("2s") Duration connectTimeout, @DefaultValue("5s") Duration responseTimeout,
        String callbackSecret, @DefaultValue("1m") Duration refundRetry) {

    private static final int PATIENCE_GROWTH = 10;

    /** How long after it was requested an attempt at a refund is made; the first one at once. */
    Duration refundDelay(int attempt) {
        return switch (attempt) {
            case 1 -> Duration.ZERO;
            case 2 -> refundRetry;
            default -> refundRetry.multipliedBy(PATIENCE_GROWTH);
        };
    }

    @Override
    public String toString() {
        return "GatewaySettings[name=%s, url=%s]".formatted(name, url);
    }
}
