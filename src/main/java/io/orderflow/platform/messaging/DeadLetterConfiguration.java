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
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.stereotype.Saga;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Parks an event that a projection cannot handle, with all later events of its order, while other orders go on.
 * Transient failures of the infrastructure park nothing: the processor backs off and retries.
 */
@Configuration(proxyBeanMethods = false)
class DeadLetterConfiguration {

    @Bean
    @Order(1)
    ConfigurerModule deadLetterQueues(ListableBeanFactory beans, ConnectionProvider connections,
            TransactionManager transactions, DeadLetterSchema schema, Serializer serializer) {
        return configurer -> {
            var events = configurer.eventProcessing();
            Consumer<String> addQueue = group -> events.registerDeadLetterQueue(group, configuration ->
                    new DeadLetterQueue(group, connections, transactions, schema, serializer));
            for (String bean : beans.getBeanNamesForAnnotation(ProcessingGroup.class)) {
                String group = beans.findAnnotationOnBean(bean, ProcessingGroup.class).value();
                addQueue.accept(group);
                events.registerDeadLetteringEventHandlerInvokerConfiguration(group,
                        (configuration, invoker) -> invoker.allowReset(true).enableSequenceIdentifierCache());
            }
            // Axon itself never parks events of sagas; the module that owns a saga does
            for (String bean : beans.getBeanNamesForAnnotation(Saga.class)) {
                addQueue.accept(beans.getType(bean).getSimpleName() + "Processor");
            }
            events.registerDefaultDeadLetterPolicy(configuration -> DeadLetterConfiguration::decide);
        };
    }

    private static EnqueueDecision<EventMessage<?>> decide(DeadLetter<? extends EventMessage<?>> letter,
            Throwable cause) {
        if (letter instanceof JdbcDeadLetter) {
            return DeadLetterRetry.failed(letter, cause);
        }
        if (isTransient(cause)) {
            throw new IllegalStateException("The batch is repeated when the infrastructure has recovered", cause);
        }
        return Decisions.enqueue(cause);
    }

    private static boolean isTransient(Throwable cause) {
        return StoreOutage.isCauseOf(cause) || ExceptionUtils.findException(cause, thrown ->
                thrown instanceof TransientDataAccessException
                || thrown instanceof RecoverableDataAccessException
                || thrown instanceof CannotCreateTransactionException
                || thrown instanceof AxonTransientException).isPresent();
    }
}
