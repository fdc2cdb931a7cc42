package io.orderflow.platform.messaging;

import java.lang.reflect.Method;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** An event handler that fails leaves no partial writes behind, so that its event can be parked and tried again. */
@Component
class SavepointPerEventHandler implements HandlerEnhancerDefinition {

    private final Savepoints savepoints;

    SavepointPerEventHandler(PlatformTransactionManager transactions) {
        savepoints = new Savepoints(transactions);
    }

    @Override
    public <T> MessageHandlingMember<T> wrapHandler(MessageHandlingMember<T> handler) {
        boolean handlesEvents = handler.unwrap(Method.class)
                .map(method -> method.isAnnotationPresent(EventHandler.class)).orElse(false);
        return handlesEvents ? new InSavepoint<>(handler, savepoints) : handler;
    }

    private static final class InSavepoint<T> extends WrappedMessageHandlingMember<T> {

        private final Savepoints savepoints;

        InSavepoint(MessageHandlingMember<T> handler, Savepoints savepoints) {
            super(handler);
            this.savepoints = savepoints;
        }

        @Override
        public Object handle(Message<?> message, T target) throws Exception {
            return savepoints.call(() -> super.handle(message, target));
        }
    }
}
