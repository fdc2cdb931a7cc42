package io.orderflow.order;

import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Refusal;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.HandlerExecutionException;
import org.springframework.stereotype.Component;

/**
 * Sends what callers ask of an order.
 *
 * <p>A caller knows the version of the resource, which money and stock move too; the order knows only how many events
 * of its own there are. The row of the resource has both numbers, so that the order itself can tell whether it is still
 * the one that the caller saw.
 */
@Component
class OrderChanges {

    private static final int COMMAND_SECONDS = 10;

    private final CommandGateway commands;
    private final OrderVersions versions;

    OrderChanges(CommandGateway commands, OrderVersions versions) {
        this.commands = commands;
        this.versions = versions;
    }

    <R> R send(Object command) {
        return commands.sendAndWait(command, COMMAND_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * @param command asks for the change of an order that has reached a certain event
     * @throws Refusal when the order is not at that version of its resource any more; it tells the present one
     */
    <R> R send(OrderId id, ExpectedVersion seen, Function<ExpectedVersion, Object> command) {
        if (seen.isAny()) {
            return send(command.apply(ExpectedVersion.ANY));
        }
        try {
            return send(command.apply(versions.reached(id, seen)));
        } catch (HandlerExecutionException refused) {
            throw isStale(refused) ? stale(id, seen) : refused;
        }
    }

    /** The resource may be behind the order, and then has no newer version to tell. */
    private Refusal stale(OrderId id, ExpectedVersion seen) {
        return versions.current(id).map(OrderVersions.Present::version).filter(version -> !version.equals(seen.value()))
                .map(ExpectedVersion::stale).orElseGet(ExpectedVersion::stale);
    }

    private static boolean isStale(HandlerExecutionException refused) {
        Optional<Refusal.Details> details = refused.getDetails();
        return details.filter(reason -> reason.kind() == Refusal.Kind.PRECONDITION_FAILED).isPresent();
    }
}
