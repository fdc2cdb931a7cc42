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

/** The thread that handles callbacks, their metrics, and how long they are kept. */
@Configuration(proxyBeanMethods = false)
class CallbackConfiguration {

    /** Short for a customer who waits, and usually long enough for the answer to our own call to come first. */
    private static final int ROUND_MILLIS = 500;

    /** Stopped without an interrupt, which would close the H2 file for all threads. */
    @Bean(destroyMethod = "shutdown")
    ScheduledExecutorService callbackRounds(CallbackWorker worker) {
        var rounds = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("gateway-callbacks"));
        rounds.scheduleWithFixedDelay(worker::handleDue, ROUND_MILLIS, ROUND_MILLIS, TimeUnit.MILLISECONDS);
        return rounds;
    }

    @Bean
    MeterBinder callbackMetrics(CallbackRows callbacks) {
        return registry -> {
            for (var status : CallbackRows.Status.values()) {
                Gauge.builder("orderflow.gateway.callbacks", () -> callbacks.count(status))
                        .tag("status", status.name().toLowerCase(Locale.ROOT)).register(registry);
            }
        };
    }

    /** A repetition after that is handled again, which only causes another look-up. */
    @Bean
    Retention callbackRetention(@Value("${orderflow.retention.callbacks:90d}") Duration keep, CallbackRows callbacks) {
        return new Retention("callbacks", keep, callbacks::deleteBefore);
    }
}
