package io.orderflow.platform.replay;

import java.util.List;
import javax.sql.DataSource;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.deadletter.DeadLetteringEventHandlerInvoker;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A projection that writes to shadow tables. Its own handlers are called as its processor calls them, so that an event
 * that they refuse is parked there with all later events of its sequence.
 *
 * <p>The handlers work with the live data source; while they run, their thread has a connection to the shadow tables as
 * the connection of the current transaction. Subscribers are not notified: the units of work are rolled back.
 */
final class ShadowProjection {

    private final DataSource live;
    private final DataSource shadow;
    private final TransactionTemplate transaction;
    private final DeadLetteringEventHandlerInvoker invoker;

    ShadowProjection(Projections.Projection projection, Configuration axon, DataSource live, DataSource shadow) {
        this.live = live;
        this.shadow = shadow;
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(shadow));
        var events = axon.eventProcessingConfiguration();
        String group = projection.name();
        invoker = DeadLetteringEventHandlerInvoker.builder()
                .eventHandlers(projection.handlers())
                .handlerDefinition(axon.handlerDefinition(projection.handlers().getClass()))
                .parameterResolverFactory(axon.parameterResolverFactory())
                .sequencingPolicy(events.sequencingPolicy(group))
                .listenerInvocationErrorHandler(events.listenerInvocationErrorHandler(group))
                .queue(events.deadLetterQueue(group).orElseThrow())
                .enqueuePolicy(events.deadLetterPolicy(group).orElseThrow())
                .transactionManager(events.transactionManager(group))
                .build();
    }

    void handle(List<TrackedEventMessage<?>> events) {
        transaction.executeWithoutResult(open -> {
            TransactionSynchronizationManager.bindResource(live, TransactionSynchronizationManager.getResource(shadow));
            try {
                events.forEach(this::handle);
            } finally {
                TransactionSynchronizationManager.unbindResource(live);
            }
        });
    }

    private void handle(EventMessage<?> event) {
        if (!invoker.canHandle(event, Segment.ROOT_SEGMENT)) {
            return;
        }
        var work = DefaultUnitOfWork.startAndGet(event);
        try {
            invoker.handle(event, Segment.ROOT_SEGMENT);
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException("Event %s cannot be handled".formatted(event.getIdentifier()), failure);
        } finally {
            work.rollback();
        }
    }
}
