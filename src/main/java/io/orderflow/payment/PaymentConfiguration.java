package io.orderflow.payment;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.orderflow.payment.query.PaymentView.Kind;
import java.time.Clock;
import java.util.Locale;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The durable work that calls the gateway. */
@Configuration(proxyBeanMethods = false)
class PaymentConfiguration {

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

    /** How much waits for the gateway, and of how much nobody knows whether it has happened. */
    @Bean
    MeterBinder gatewayWorkMetrics(WaitingRows waiting) {
        return registry -> {
            for (var kind : Kind.values()) {
                Gauge.builder("orderflow.gateway.work", () -> waiting.count(kind))
                        .tag("kind", kind.name().toLowerCase(Locale.ROOT)).register(registry);
            }
            Gauge.builder("orderflow.gateway.unknown", waiting::countUnknown).register(registry);
        };
    }
}
