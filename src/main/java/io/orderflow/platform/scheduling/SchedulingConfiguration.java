package io.orderflow.platform.scheduling;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.JacksonSerializer;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurationScopeAwareProvider;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.dbscheduler.DbSchedulerBinaryDeadlineDetails;
import org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineManager;
import org.axonframework.eventhandling.GenericEventMessage;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Deadlines on db-scheduler: durable, in the transaction of the saga, retried with a bounded delay. */
@Configuration(proxyBeanMethods = false)
class SchedulingConfiguration {

    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
    private static final int DOUBLINGS = 7;

    /**
     * The clock of the application, of Axon's messages and of the scheduler.
     *
     * @param ahead offset to the machine's clock, to test what happens after days; a restart with another value makes
     *              the clock jump
     */
    @Bean
    Clock clock(@Value("${orderflow.clock.ahead:0s}") Duration ahead) {
        Clock clock = ahead.isZero() ? Clock.systemUTC() : Clock.offset(Clock.systemUTC(), ahead);
        GenericEventMessage.clock = clock;
        return clock;
    }

    @Bean
    com.github.kagkarlsson.scheduler.Clock schedulerClock(Clock clock) {
        return clock::instant;
    }

    /**
     * Stores task data as JSON and instants with their offset. Tasks are picked under the node's id instead of the name
     * of the host, which several nodes may share.
     */
    @Bean
    DbSchedulerCustomizer storedTasks(DataSource dataSource, @Value("${orderflow.node-id}") String nodeId) {
        return new DbSchedulerCustomizer() {
            @Override
            public Optional<SchedulerName> schedulerName() {
                return Optional.of(new SchedulerName.Fixed(nodeId));
            }

            @Override
            public Optional<Serializer> serializer() {
                return Optional.of(new JacksonSerializer());
            }

            @Override
            public Optional<JdbcCustomization> jdbcCustomization() {
                return Optional.of(new TaskColumns(dataSource));
            }
        };
    }

    /** Axon's task, retried for ever with a delay from half a second to a minute, instead of every five minutes. */
    @Bean
    @Qualifier("deadlineDetailsTask")
    Task<DbSchedulerBinaryDeadlineDetails> deadlineTask(ApplicationContext context) {
        var deadlines = DbSchedulerDeadlineManager.binaryTask(() -> context.getBean(DbSchedulerDeadlineManager.class));
        return Tasks.custom(deadlines.getName(), deadlines.getDataClass())
                .onFailure((failed, operations) -> operations.reschedule(failed,
                        failed.getTimeDone().plus(delay(failed.getExecution().consecutiveFailures))))
                .execute(deadlines);
    }

    static Duration delay(int failuresBefore) {
        Duration doubled = FIRST_DELAY.multipliedBy(1L << Math.min(DOUBLINGS, failuresBefore));
        return doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY;
    }

    /** Runs on one node at a time. The rounds are looked up lazily, because they need beans that are created later. */
    @Bean
    Task<Void> retentionTask(@Value("${orderflow.retention.every:1h}") Duration every,
            ObjectProvider<RetentionRounds> rounds) {
        return Tasks.recurring("retention", FixedDelay.of(every))
                .execute((instance, context) -> rounds.getObject().clean());
    }

    @Bean
    DeadlineManager deadlineManager(Scheduler scheduler, org.axonframework.config.Configuration axon,
            TransactionManager transactions, org.axonframework.serialization.Serializer serializer) {
        return DbSchedulerDeadlineManager.builder().scheduler(scheduler)
                .scopeAwareProvider(new ConfigurationScopeAwareProvider(axon)).serializer(serializer)
                .transactionManager(transactions).startScheduler(false).stopScheduler(false).build();
    }
}
