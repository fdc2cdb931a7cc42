package io.orderflow.payment;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.Locale;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gateway, and the durable work that calls it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewaySettings.class)
class PaymentConfiguration {

    /** Giving money back has its own guard, so that trouble with taking it cannot hold it up. */
    @Bean
    PaymentGateway paymentGateway(GatewaySettings settings, RetryRegistry retries, CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads, Clock clock) {
        return new HttpPaymentGateway(settings, clock, new GatewayGuard("gateway-charges", retries, breakers, bulkheads),
                new GatewayGuard("gateway-reversals", retries, breakers, bulkheads));
    }

    @Bean
    Task<GatewayWork> gatewayOperation(PaymentGateway gateway, ObjectProvider<CommandGateway> commands) {
        var worker = new GatewayWorker(gateway, commands);
        return Tasks.custom("gateway-operation", GatewayWork.class)
                .onFailure(worker::tryAgain).onDeadExecution(worker::takeOver).execute(worker::work);
    }

    @Bean
    Task<CallbackWork> gatewayCallback(OperationRows operations, CallbackRows callbacks,
            ObjectProvider<Inquiries> inquiries, Clock clock) {
        var worker = new CallbackWorker(operations, callbacks, inquiries, clock);
        return Tasks.custom("gateway-callback", CallbackWork.class)
                .onFailure(worker::tryAgain).execute(worker::work);
    }

    /** How many callbacks of each fate there are; those that match nothing deserve a look. */
    @Bean
    MeterBinder callbackMetrics(CallbackRows callbacks) {
        return registry -> {
            for (var status : CallbackRows.Status.values()) {
                Gauge.builder("orderflow.gateway.callbacks", () -> callbacks.count(status))
                        .tag("status", status.name().toLowerCase(Locale.ROOT)).register(registry);
            }
        };
    }
}
