package io.orderflow.operations;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.orderflow.platform.spi.DaemonThreads;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.lifecycle.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Periodic work: keeps paused processors paused, updates metrics, retries dead letters. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeadLetterProperties.class)
class OperationsConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(OperationsConfiguration.class);
    private static final int ROUND_SECONDS = 5;

    /** Pauses processors right after Axon has started them. */
    @Bean
    ConfigurerModule pausedFromTheStart(ObjectProvider<ProcessorPauses> pauses) {
        return configurer -> configurer.onInitialize(axon -> axon.onStart(Phase.INBOUND_EVENT_CONNECTORS + 1,
                () -> pauses.getObject().apply()));
    }

    /** Shut down without an interrupt, which would close an H2 file. */
    @Bean(destroyMethod = "shutdown")
    ScheduledExecutorService operationsRound(ProcessorPauses pauses, OperationsMetrics metrics) {
        var rounds = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("operations-round"));
        rounds.scheduleWithFixedDelay(() -> round(pauses, metrics), ROUND_SECONDS, ROUND_SECONDS, TimeUnit.SECONDS);
        return rounds;
    }

    /** An exception would cancel all later rounds. */
    private static void round(ProcessorPauses pauses, OperationsMetrics metrics) {
        try {
            pauses.apply();
            metrics.measure();
        } catch (RuntimeException failure) {
            LOG.warn("A round of operations failed and is repeated in {} s", ROUND_SECONDS, failure);
        }
    }

    /** Runs on one node at a time. Resolved lazily, because the processors start later. */
    @Bean
    Task<Void> deadLetterRetries(DeadLetterProperties properties, ObjectProvider<DeadLetters> letters) {
        return Tasks.recurring("dead-letter-retries", FixedDelay.of(properties.every()))
                .execute((instance, context) -> letters.getObject().retryDue());
    }

    /** Never DOWN: dead letters block their own orders only, and the node is ready for all others. */
    @Bean
    HealthIndicator deadLettersHealthIndicator(DeadLetterRows letters) {
        return () -> {
            var parked = new TreeMap<>(letters.counts());
            return Health.up().withDetail("degraded", !parked.isEmpty()).withDetail("parked", parked).build();
        };
    }
}
