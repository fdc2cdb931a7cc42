package io.orderflow.platform.messaging;

import io.orderflow.platform.spi.DeadLetterRetry;
import io.orderflow.platform.spi.StoreOutage;
import java.util.function.Consumer;
import org.axonframework.common.AxonTransientException;
import org.axonframework.common.ExceptionUtils;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.DeadLetterSchema;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcDeadLetter;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.stereotype.Saga;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * A projection's event that cannot be handled is parked with all that follow it for the same order, and the other
 * orders go on. Trouble of the infrastructure parks nothing: the processor backs off and tries again.
 */
@Configuration(proxyBeanMethods = false)
class DeadLetterConfiguration {

    @Bean
    @Order(1)
    ConfigurerModule deadLetterQueues(ListableBeanFactory beans, ConnectionProvider connections,
            TransactionManager transactions, DeadLetterSchema schema, Serializer serializer,
            @Qualifier("eventSerializer") Serializer eventSerializer) {
        return configurer -> {
            var events = configurer.eventProcessing();
            Consumer<String> addQueue = group -> events.registerDeadLetterQueue(group,
                    configuration -> new LoggedDeadLetterQueue(group, JdbcSequencedDeadLetterQueue
                            .<EventMessage<?>>builder()
                            .connectionProvider(connections).transactionManager(transactions).schema(schema)
                            .genericSerializer(serializer).eventSerializer(eventSerializer)
                            .statementFactory(new DeadLetterStatements(schema, serializer, eventSerializer))));
            for (String bean : beans.getBeanNamesForAnnotation(ProcessingGroup.class)) {
                String group = beans.findAnnotationOnBean(bean, ProcessingGroup.class).value();
                addQueue.accept(group);
                events.registerDeadLetteringEventHandlerInvokerConfiguration(group,
                        (configuration, invoker) -> invoker.allowReset(true).enableSequenceIdentifierCache());
            }
            // Axon never parks for a saga: whoever owns the saga does.
            for (String bean : beans.getBeanNamesForAnnotation(Saga.class)) {
                addQueue.accept(beans.getType(bean).getSimpleName() + "Processor");
            }
            events.registerDefaultDeadLetterPolicy(configuration -> DeadLetterConfiguration::decide);
        };
    }

    private static EnqueueDecision<EventMessage<?>> decide(DeadLetter<? extends EventMessage<?>> letter,
            Throwable cause) {
        boolean parkedBefore = letter instanceof JdbcDeadLetter;
        if (!parkedBefore && isPassing(cause)) {
            throw new PassingTrouble(cause);
        }
        if (!parkedBefore) {
            return Decisions.enqueue(cause);
        }
        return DeadLetterRetry.failed(letter, cause);
    }

    private static boolean isPassing(Throwable cause) {
        return StoreOutage.isCauseOf(cause) || ExceptionUtils.findException(cause, thrown ->
                thrown instanceof TransientDataAccessException
                || thrown instanceof RecoverableDataAccessException
                || thrown instanceof CannotCreateTransactionException
                || thrown instanceof AxonTransientException).isPresent();
    }

    /** Ends the batch, so that the processor tries it again later. */
    private static final class PassingTrouble extends RuntimeException {

        PassingTrouble(Throwable cause) {
            super("The event is handled again once this has passed", cause);
        }
    }
}
