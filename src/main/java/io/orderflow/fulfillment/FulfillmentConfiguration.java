package io.orderflow.fulfillment;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import org.axonframework.config.ConfigurerModule;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the sagas and the watchdog. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FulfillmentProperties.class)
class FulfillmentConfiguration {

    @Bean
    FulfillmentDeadlines fulfillmentDeadlines(Clock clock, FulfillmentProperties properties) {
        return new FulfillmentDeadlines(clock, properties);
    }

    @Bean
    ConfigurerModule orderSagas() {
        return new SagasByOrder.Module();
    }

    /** Runs on one node at a time. The watchdog is resolved lazily: it sends commands, whose bus starts later. */
    @Bean
    Task<Void> watchdogRounds(@Value("${orderflow.watchdog.every:1m}") Duration every,
            ObjectProvider<Watchdog> watchdog) {
        return Tasks.recurring("watchdog", FixedDelay.of(every))
                .execute((instance, context) -> watchdog.getObject().look());
    }

    @Bean
    MeterBinder watchdogMetrics(Watchdog watchdog) {
        return registry -> Gauge.builder("orderflow.orders.stuck", watchdog::stuck)
                .description("Orders without a live deadline or a saga, as this node's last round found them")
                .register(registry);
    }
}
