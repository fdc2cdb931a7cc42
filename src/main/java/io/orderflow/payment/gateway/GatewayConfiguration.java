package io.orderflow.payment.gateway;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.orderflow.payment.gateway.http.HttpPaymentGateway;
import io.orderflow.payment.gateway.stripe.StripePaymentGateway;
import io.orderflow.payment.gateway.stripe.StripeSettings;
import io.orderflow.platform.spi.Durability;
import java.time.Clock;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gateway in use, chosen by {@code orderflow.payment.gateway.name}, and the durable work that calls it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({GatewaySettings.class, StripeSettings.class})
class GatewayConfiguration {

    @Bean
    PaymentGateway paymentGateway(GatewaySettings settings, StripeSettings stripe, RetryRegistry retries,
            CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads, Clock clock) {
        return new GuardedGateway(switch (settings.name()) {
            case "sandbox" -> new HttpPaymentGateway(settings, clock);
            case "stripe" -> new StripePaymentGateway(stripe, settings, clock);
            default -> throw new IllegalStateException(("orderflow.payment.gateway.name is '%s'; set it to 'sandbox' "
                    + "or 'stripe'.").formatted(settings.name()));
        }, retries, breakers, bulkheads);
    }

    @Bean
    Task<GatewayWork> gatewayOperation(PaymentGateway gateway, Durability durability,
            ObjectProvider<CommandGateway> commands) {
        var worker = new GatewayWorker(gateway, durability, commands);
        return Tasks.custom("gateway-operation", GatewayWork.class)
                .onFailure(worker::retry).onDeadExecution(worker::takeOver).execute(worker::work);
    }
}
