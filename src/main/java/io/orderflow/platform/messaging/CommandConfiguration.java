package io.orderflow.platform.messaging;

import io.orderflow.platform.spi.DaemonThreads;
import io.orderflow.platform.spi.Retention;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.DuplicateCommandHandlerResolver;
import org.axonframework.commandhandling.FailingDuplicateCommandHandlerResolver;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.commandhandling.gateway.ExponentialBackOffIntervalRetryScheduler;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.axonframework.common.ExceptionUtils;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.AggregateSnapshotter;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.MessageOriginProvider;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.spring.eventsourcing.SpringAggregateSnapshotter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Command gateway with retries, snapshots on a thread of their own, and one handler per command. */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class CommandConfiguration {

    private static final int RETRY_BACKOFF_MILLIS = 25;
    private static final int RETRIES = 5;

    @Bean
    DuplicateCommandHandlerResolver duplicateCommandHandlerResolver() {
        return FailingDuplicateCommandHandlerResolver.instance();
    }

    /** Axon's default, which it omits when there is another provider: records the message that caused each message. */
    @Bean
    CorrelationDataProvider messageOrigins() {
        return new MessageOriginProvider();
    }

    @Bean
    Retention requestRetention(@Value("${orderflow.retention.requests:90d}") Duration keep,
            IdempotencyRecords records) {
        return new Retention("requests", keep, records::deleteBefore);
    }

    @Bean(destroyMethod = "shutdown")
    ScheduledExecutorService commandRetries() {
        return Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("command-retry"));
    }

    @Bean(destroyMethod = "shutdown")
    ScheduledExecutorService snapshots() {
        return Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("snapshots"));
    }

    /**
     * Retries only commands that lost a race. Within a unit of work not even those: it has to fail as a whole and be
     * repeated.
     */
    @Bean
    CommandGateway commandGateway(CommandBus bus, ScheduledExecutorService commandRetries) {
        RetryScheduler backoff = ExponentialBackOffIntervalRetryScheduler.builder().retryExecutor(commandRetries)
                .backoffFactor(RETRY_BACKOFF_MILLIS).maxRetryCount(RETRIES).build();
        RetryScheduler lostRaces = (command, last, failures, task) -> isLostRace(last)
                && !CurrentUnitOfWork.isStarted()
                && backoff.scheduleRetry(command, last, failures, forSameRequest(task));
        return DefaultCommandGateway.builder().commandBus(bus).retryScheduler(lostRaces).build();
    }

    /** Keeps the web request, which waits for the retry, available on the retry's thread. */
    private static Runnable forSameRequest(Runnable task) {
        RequestAttributes web = RequestContextHolder.getRequestAttributes();
        return () -> {
            RequestContextHolder.setRequestAttributes(web);
            try {
                task.run();
            } finally {
                RequestContextHolder.resetRequestAttributes();
            }
        };
    }

    private static boolean isLostRace(Throwable failure) {
        return ExceptionUtils.findException(failure, thrown -> thrown instanceof ConcurrencyException
                || thrown instanceof AggregateStreamCreationException
                || thrown instanceof DuplicateKeyException).isPresent();
    }

    @Bean
    AggregateSnapshotter snapshotter(Configuration axon, HandlerDefinition handlers,
            ParameterResolverFactory parameters, EventStore store,
            TransactionManager transactions, ScheduledExecutorService snapshots) {
        return SpringAggregateSnapshotter.builder().repositoryProvider(axon::repository).eventStore(store)
                .transactionManager(transactions).handlerDefinition(handlers).parameterResolverFactory(parameters)
                .executor(snapshots).build();
    }
}
