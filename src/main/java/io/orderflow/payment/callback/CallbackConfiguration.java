package io.orderflow.payment.callback;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.orderflow.platform.spi.DaemonThreads;
import io.orderflow.platform.spi.Retention;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Follows up what gateways have called back about. */
@Configuration(proxyBeanMethods = false)
class CallbackConfiguration {

    /** Short enough for a customer who waits, long enough for our own call to be answered first. */
    private static final int CALLBACK_ROUND_MILLIS = 500;

    /** Stopped without an interrupt, which would close an H2 file for everybody. */
    @Bean(destroyMethod = "shutdown")
    ScheduledExecutorService callbackRounds(CallbackWorker worker) {
        var rounds = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("gateway-callbacks"));
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
}
