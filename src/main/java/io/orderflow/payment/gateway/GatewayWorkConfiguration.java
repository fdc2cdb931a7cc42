package io.orderflow.payment.gateway;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.platform.spi.Durability;
import java.util.Locale;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The durable work that calls the gateway. */
@Configuration(proxyBeanMethods = false)
class GatewayWorkConfiguration {

    @Bean
    Task<GatewayWork> gatewayOperation(PaymentGateway gateway, Durability durability,
            ObjectProvider<CommandGateway> commands) {
        var worker = new GatewayWorker(gateway, durability, commands);
        return Tasks.custom("gateway-operation", GatewayWork.class)
                .onFailure(worker::tryAgain).onDeadExecution(worker::takeOver).execute(worker::work);
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
