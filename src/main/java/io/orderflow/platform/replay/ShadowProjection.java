package io.orderflow.platform.replay;

import java.util.List;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.deadletter.DeadLetteringEventHandlerInvoker;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A projection that writes into a scratch database: its own handlers, called as its processor calls them, so that an
 * event which they refuse is parked there with all that follow it.
 *
 * <p>Nothing is announced to anybody: what waits for the commit of the unit of work is dropped with it.
 */
final class ShadowProjection {

    private final RoutedDataSource store;
    private final ShadowTables scratch;
    private final TransactionTemplate transaction;
    private final DeadLetteringEventHandlerInvoker invoker;

    ShadowProjection(Projection projection, Configuration axon, RoutedDataSource store, ShadowTables scratch,
            TransactionTemplate transaction) {
        this.store = store;
        this.scratch = scratch;
        this.transaction = transaction;
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
        store.routeTo(scratch.store(), () -> transaction.executeWithoutResult(open -> events.forEach(this::handle)));
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
