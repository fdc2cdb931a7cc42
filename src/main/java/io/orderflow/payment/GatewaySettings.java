package io.orderflow.payment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the payment gateway is and how long it may take.
 *
 * @param connectTimeout  until a connection stands
 * @param responseTimeout from the request's first byte to the answer's last
 */
@ConfigurationProperties("orderflow.payment.gateway")
record GatewaySettings(@DefaultValue("http://127.0.0.1:8089") String url,
        @DefaultValue("2s") Duration connectTimeout, @DefaultValue("5s") Duration responseTimeout) {
}
