package io.orderflow.fulfillment;

import io.orderflow.platform.spi.DeadLetterRetry;
import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Parks an event that a saga cannot handle, with all later events of the same order, so that the other orders go on.
 *
 * <p>Axon has no dead letters for sagas: such an event would be retried for ever and hold up every order. It is parked
 * <em>instead of</em> being handled, once it has failed often enough, so that a saga never keeps half of its effects.
 */
@Component
class SagaDeadLetterHandlers implements HandlerEnhancerDefinition {

    private static final Logger LOG = LoggerFactory.getLogger(SagaDeadLetterHandlers.class);

    private final ObjectProvider<Configuration> axon;
    private final Map<Class<?>, SagaDeadLetters> parked = new ConcurrentHashMap<>();

    /** Resolved lazily: handlers are enhanced while the configuration is being created. */
    SagaDeadLetterHandlers(ObjectProvider<Configuration> axon) {
        this.axon = axon;
    }

    @Override
    public <T> MessageHandlingMember<T> wrapHandler(MessageHandlingMember<T> handler) {
        boolean handlesEvents = handler.unwrap(Method.class)
                .map(method -> method.isAnnotationPresent(SagaEventHandler.class)).orElse(false);
        return handlesEvents ? new Parking<>(handler) : handler;
    }

    private SagaDeadLetters lettersOf(Class<?> saga) {
        return parked.computeIfAbsent(saga, type -> new SagaDeadLetters(type.getSimpleName() + "Processor", axon));
    }

    private final class Parking<T> extends WrappedMessageHandlingMember<T> {

        private final boolean begins;

        Parking(MessageHandlingMember<T> handler) {
            super(handler);
            begins = handler.unwrap(Method.class).orElseThrow().isAnnotationPresent(StartSaga.class);
        }

        @Override
        public @Nullable Object handle(Message<?> message, T saga) throws Exception {
            if (!(message instanceof EventMessage<?> fact) || !(fact.getPayload() instanceof OrderFact about)) {
                return super.handle(message, saga);
            }
            if (fact.getMetaData().containsKey(DeadLetterRetry.MARK)) {
                return canHandle(saga) ? super.handle(message, saga) : leave();
            }
            var facts = lettersOf(saga.getClass());
            boolean behind = facts.holds(about.orderId());
            Throwable reason = facts.reasonToPark(fact);
            if (behind || reason != null) {
                park(fact, about.orderId(), saga, facts, behind ? null : reason);
                return null;
            }
            if (!canHandle(saga)) {
                return leave();
            }
            try {
                return super.handle(message, saga);
            } catch (Exception failure) {
                if (FailureClassifier.isUnexplained(failure)) {
                    facts.failed(fact, failure);
                }
                throw failure;
            }
        }

        /** A saga whose first event was parked is kept, so that the later events find it. */
        private boolean canHandle(T saga) {
            return begins || !(saga instanceof OrderSaga begun) || begun.process() != null;
        }

        /** Ends a saga whose first event was discarded: the later ones mean nothing without it. */
        private @Nullable Object leave() {
            SagaLifecycle.end();
            return null;
        }
    }

    private void park(EventMessage<?> fact, OrderId order, Object saga, SagaDeadLetters facts,
            @Nullable Throwable reason) {
        facts.park(order, fact, reason);
        if (reason != null) {
            LOG.error("Order {} cannot go on: {} cannot be handled and is parked", order,
                    fact.getPayloadType().getSimpleName(), reason);
            ((OrderSaga) saga).reportParked(order);
        }
    }
}
