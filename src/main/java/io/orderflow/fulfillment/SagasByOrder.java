package io.orderflow.fulfillment;

import io.orderflow.shared.OrderFact;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.SagaManagerSpanFactory;

/** Gives a saga the id of its order, where Axon would give it a random one. */
final class SagasByOrder<T extends OrderSaga> extends AnnotatedSagaManager<T> {

    SagasByOrder(AnnotatedSagaManager.Builder<T> builder) {
        super(builder);
    }

    /** Replaces the managers that Axon has registered for the sagas that it found. */
    static final class Module implements ConfigurerModule {

        @Override
        public void configureModule(Configurer axon) {
            register(axon, OrderFulfillment.class);
            register(axon, AfterSales.class);
        }

        @Override
        public int order() {
            return 1;
        }

        private static <T extends OrderSaga> void register(Configurer axon, Class<T> saga) {
            axon.eventProcessing().registerSaga(saga, configurer -> configurer.configureSagaManager(configuration ->
                    new SagasByOrder<>(builder(configuration, saga))));
        }

        private static <T extends OrderSaga> AnnotatedSagaManager.Builder<T> builder(Configuration axon, Class<T> type) {
            var processing = axon.eventProcessingConfiguration();
            var saga = processing.sagaConfiguration(type);
            return AnnotatedSagaManager.<T>builder().sagaType(type).sagaRepository(saga.repository())
                    .parameterResolverFactory(axon.parameterResolverFactory())
                    .handlerDefinition(axon.handlerDefinition(type))
                    .listenerInvocationErrorHandler(
                            processing.listenerInvocationErrorHandler(saga.processingGroup()))
                    .spanFactory(axon.getComponent(SagaManagerSpanFactory.class));
        }
    }

    @Override
    protected String createSagaIdentifier(Segment segment) {
        return ((OrderFact) CurrentUnitOfWork.get().getMessage().getPayload()).orderId().value();
    }

    /** By the association, as Axon decides which segment creates a saga: both have to be the same segment. */
    @Override
    protected boolean matchesSegment(Segment segment, String sagaId) {
        return segment.matches(new AssociationValue(OrderSaga.ORDER, sagaId));
    }
}
