package io.orderflow.payment.gateway;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.orderflow.payment.gateway.http.HttpPaymentGateway;
import io.orderflow.payment.gateway.stripe.StripePaymentGateway;
import io.orderflow.payment.gateway.stripe.StripeSettings;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one gateway in use, chosen by {@code orderflow.payment.gateway.name}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({GatewaySettings.class, StripeSettings.class})
class GatewayConfiguration {

    /** Giving money back has its own guard, so that trouble with taking it cannot hold it up. */
    @Bean
    PaymentGateway paymentGateway(GatewaySettings settings, StripeSettings stripe, RetryRegistry retries,
            CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads, Clock clock) {
        var charges = new GatewayGuard("gateway-charges", retries, breakers, bulkheads);
        var reversals = new GatewayGuard("gateway-reversals", retries, breakers, bulkheads);
        return switch (settings.name()) {
            case "sandbox" -> new HttpPaymentGateway(settings, clock, charges, reversals);
            case "stripe" -> new StripePaymentGateway(stripe, settings, clock, charges, reversals);
            default -> throw new IllegalStateException(("orderflow.payment.gateway.name is '%s'; set it to 'sandbox' "
                    + "or 'stripe'.").formatted(settings.name()));
        };
    }
}
