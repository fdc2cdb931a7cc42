package io.orderflow.platform.messaging;

import io.orderflow.platform.spi.OncePerRequest;
import io.orderflow.platform.spi.PermanentRequest;
import io.orderflow.shared.RequestIdentity;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Makes an {@link OncePerRequest} command take effect once per request; repetitions get the first answer. */
@Component
@Order(2)
class OncePerRequestCommands
        implements MessageHandlerInterceptor<CommandMessage<?>>, MessageDispatchInterceptor<CommandMessage<?>> {

    private static final String REQUEST = RequestIdentity.class.getName();
    private static final String REPLAYED = OncePerRequest.class.getName();

    private final IdempotencyRecords records;

    OncePerRequestCommands(IdempotencyRecords records) {
        this.records = records;
    }

    @Override
    public BiFunction<Integer, CommandMessage<?>, CommandMessage<?>> handle(
            List<? extends CommandMessage<?>> commands) {
        RequestAttributes web = RequestContextHolder.getRequestAttributes();
        Object request = web == null ? null : web.getAttribute(REQUEST, RequestAttributes.SCOPE_REQUEST);
        return (index, command) -> request == null ? command : command.andMetaData(Map.of(REQUEST, request));
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
        CommandMessage<?> command = unitOfWork.getMessage();
        boolean once = OncePerRequest.class.isAssignableFrom(command.getPayloadType());
        if (!once || !(command.getMetaData().get(REQUEST) instanceof RequestIdentity request)) {
            return chain.proceed();
        }
        if (!records.begin(request, PermanentRequest.class.isAssignableFrom(command.getPayloadType()))) {
            markReplay();
            return records.answer(request);
        }
        Object result = chain.proceed();
        records.answered(request, result);
        return result;
    }

    /** The request may have ended, for example by a timeout; then there is no response to mark. */
    private static void markReplay() {
        RequestAttributes web = RequestContextHolder.getRequestAttributes();
        if (web != null) {
            try {
                web.setAttribute(REPLAYED, true, RequestAttributes.SCOPE_REQUEST);
            } catch (IllegalStateException gone) {
                return;
            }
        }
    }
}
