package io.orderflow.platform.messaging;

import io.orderflow.platform.spi.Provenance;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Adds actor and origin to the metadata of every command, and copies them to the events that it causes. */
@Component
@Order(3)
class ProvenanceInterceptor implements MessageDispatchInterceptor<CommandMessage<?>>, CorrelationDataProvider {

    private static final Map<String, String> ORDERFLOW = Map.of(Provenance.ACTOR, Provenance.SYSTEM,
            Provenance.ORIGIN, Provenance.SYSTEM);

    @Override
    public BiFunction<Integer, CommandMessage<?>, CommandMessage<?>> handle(
            List<? extends CommandMessage<?>> commands) {
        Map<String, String> sender = sender();
        return (index, command) -> command.andMetaData(sender);
    }

    /** A command sent while handling a message is Orderflow's own, also on the thread of a web request. */
    private static Map<String, String> sender() {
        return !CurrentUnitOfWork.isStarted()
                && RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes web
                && web.getRequest().getRemoteUser() != null ? sender(web.getRequest()) : ORDERFLOW;
    }

    private static Map<String, String> sender(HttpServletRequest request) {
        return Map.of(Provenance.ACTOR, request.getRemoteUser(), Provenance.ORIGIN, request.getRemoteAddr());
    }

    @Override
    public Map<String, ?> correlationDataFor(Message<?> message) {
        return message instanceof CommandMessage<?> command
                ? command.getMetaData().subset(Provenance.ACTOR, Provenance.ORIGIN) : Map.of();
    }
}
