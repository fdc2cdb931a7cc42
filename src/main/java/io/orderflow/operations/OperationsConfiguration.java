package io.orderflow.operations;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.orderflow.platform.spi.DaemonThreads;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.lifecycle.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What operations do by themselves: keep paused processors paused, measure, and try dead letters again. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeadLetterProperties.class)
class OperationsConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(OperationsConfiguration.class);
    private static final int ROUND_SECONDS = 5;

    /** A paused processor rests from the start, but for the moment between its own start and this. */
    @Bean
    ConfigurerModule pausedFromTheStart(ObjectProvider<ProcessorPauses> pauses) {
        return configurer -> configurer.onInitialize(axon -> axon.onStart(Phase.INBOUND_EVENT_CONNECTORS + 1,
                () -> pauses.getObject().follow()));
    }

    /** Stopped without an interrupt, which would close an H2 file for everybody. */
    @Bean(destroyMethod = "shutdown")
    ScheduledExecutorService operationsRound(ObjectProvider<ProcessorPauses> pauses,
            ObjectProvider<OperationsMetrics> metrics) {
        var rounds = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("operations-round"));
        rounds.scheduleWithFixedDelay(() -> round(pauses, metrics), ROUND_SECONDS, ROUND_SECONDS, TimeUnit.SECONDS);
        return rounds;
    }

    /** An exception would end all rounds that follow. */
    private static void round(ObjectProvider<ProcessorPauses> pauses, ObjectProvider<OperationsMetrics> metrics) {
        try {
            pauses.getObject().follow();
            metrics.getObject().measure();
        } catch (RuntimeException failure) {
            LOG.warn("A round of operations failed and is repeated in {} s", ROUND_SECONDS, failure);
        }
    }

    /** One node of all runs it. The letters come lazily: they need the processors, which start later. */
    @Bean
    Task<Void> deadLetterRetries(DeadLetterProperties properties, ObjectProvider<DeadLetters> letters) {
        return Tasks.recurring("dead-letter-retries", FixedDelay.of(properties.every()))
                .execute((instance, context) -> letters.getObject().retryDue());
    }
}
