package io.orderflow.payment;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.shared.Durability;
import io.orderflow.shared.Retention;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The durable work that calls the gateway. */
@Configuration(proxyBeanMethods = false)
class PaymentConfiguration {

    /** Short enough for a customer who waits, long enough for our own call to be answered first. */
    private static final int CALLBACK_ROUND_MILLIS = 500;

    @Bean
    Task<GatewayWork> gatewayOperation(PaymentGateway gateway, Durability durability,
            ObjectProvider<CommandGateway> commands) {
        var worker = new GatewayWorker(gateway, durability, commands);
        return Tasks.custom("gateway-operation", GatewayWork.class)
                .onFailure(worker::tryAgain).onDeadExecution(worker::takeOver).execute(worker::work);
    }

    /** Stopped without an interrupt, which would close an H2 file for everybody. */
    @Bean(destroyMethod = "shutdown")
    ScheduledExecutorService callbackRounds(CallbackWorker worker) {
        var rounds = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "gateway-callbacks");
            thread.setDaemon(true);
            return thread;
        });
        rounds.scheduleWithFixedDelay(worker::followAll, CALLBACK_ROUND_MILLIS, CALLBACK_ROUND_MILLIS,
                TimeUnit.MILLISECONDS);
        return rounds;
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

    /** One that comes again after that is followed again: the gateway is asked, and nothing else. */
    @Bean
    Retention callbackRetention(@Value("${orderflow.retention.callbacks:90d}") Duration keep, CallbackRows callbacks) {
        return new Retention("callbacks", keep, callbacks::deleteBefore);
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
