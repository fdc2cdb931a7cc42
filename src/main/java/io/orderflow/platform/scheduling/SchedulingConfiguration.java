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

    /**
     * The one clock of the application, of Axon's messages and of the scheduler.
     *
     * @param ahead how far it is ahead of the machine's, to rehearse what happens after days; a restart with another
     *              value is a jump of the clock
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
     * Tasks are stored like everything else, data as JSON and instants with their offset, and picked under the node's id
     * instead of the host's name, which several nodes may share.
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

    @Bean
    @Qualifier("deadlineDetailsTask")
    Task<DbSchedulerBinaryDeadlineDetails> deadlineTask(ApplicationContext context) {
        return new ExponentialBackoffTask<>(DbSchedulerDeadlineManager.binaryTask(
                () -> context.getBean(DbSchedulerDeadlineManager.class)));
    }

    /** One node of all runs it. The rounds come lazily: what they delete belongs to beans that are built later. */
    @Bean
    Task<Void> retentionTask(@Value("${orderflow.retention.every:1h}") Duration every,
            ObjectProvider<RetentionRounds> rounds) {
        return Tasks.recurring("retention", FixedDelay.of(every))
                .execute((instance, context) -> rounds.getObject().clean());
    }

    @Bean
    DeadlineManager deadlineManager(Scheduler scheduler, org.axonframework.config.Configuration axon,
            TransactionManager transactions,
            @Qualifier("eventSerializer") org.axonframework.serialization.Serializer serializer) {
        return DbSchedulerDeadlineManager.builder().scheduler(scheduler)
                .scopeAwareProvider(new ConfigurationScopeAwareProvider(axon)).serializer(serializer)
                .transactionManager(transactions).startScheduler(false).stopScheduler(false).build();
    }
}
