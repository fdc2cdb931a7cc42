package io.orderflow.order;

import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Refusal;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.HandlerExecutionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sends the commands of callers to an order.
 *
 * <p>A caller knows the version of the resource, which changes with payment and stock, too; the aggregate only knows the
 * number of its own events. The row of the resource has both numbers, so that the aggregate itself can check
 * whether it is still in the state that the caller saw.
 */
@Component
class OrderChanges {

    private static final int COMMAND_SECONDS = 10;
    private static final ExpectedVersion AS_PLACED = new ExpectedVersion(1L);
    private static final ExpectedVersion FIRST_EVENT = new ExpectedVersion(0L);

    private final CommandGateway commands;
    private final JdbcClient jdbc;

    OrderChanges(CommandGateway commands, JdbcClient jdbc) {
        this.commands = commands;
        this.jdbc = jdbc;
    }

    /** @param sequence of the order's last event that this version shows */
    private record Present(long version, long sequence) {
    }

    <R> R send(Object command) {
        return commands.sendAndWait(command, COMMAND_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * @param command of the version that the aggregate has to have
     * @throws Refusal when the resource has another version than the caller saw; it states the present one
     */
    <R> R send(OrderId id, ExpectedVersion seen, Function<ExpectedVersion, Object> command) {
        if (seen.isAny()) {
            return send(command.apply(ExpectedVersion.ANY));
        }
        try {
            return send(command.apply(versionOfAggregate(id, seen)));
        } catch (HandlerExecutionException refused) {
            throw isStale(refused) ? stale(id, seen) : refused;
        }
    }

    /** An order that the resource does not show yet can only have been seen as it was placed. */
    private ExpectedVersion versionOfAggregate(OrderId id, ExpectedVersion seen) {
        return present(id).map(present -> present.version() == seen.value() ? new ExpectedVersion(present.sequence())
                        : ExpectedVersion.NONE)
                .orElse(seen.equals(AS_PLACED) ? FIRST_EVENT : ExpectedVersion.NONE);
    }

    /** The resource may be behind the aggregate, and then has no newer version to state. */
    private Refusal stale(OrderId id, ExpectedVersion seen) {
        return present(id).map(Present::version).filter(version -> !version.equals(seen.value()))
                .map(ExpectedVersion::stale).orElseGet(ExpectedVersion::stale);
    }

    private Optional<Present> present(OrderId id) {
        return jdbc.sql("SELECT version, sequence FROM orders.customer_order WHERE id = ?").param(id.value())
                .query((row, number) -> new Present(row.getLong("version"), row.getLong("sequence"))).optional();
    }

    private static boolean isStale(HandlerExecutionException refused) {
        Optional<Refusal.Details> details = refused.getDetails();
        return details.filter(reason -> reason.kind() == Refusal.Kind.PRECONDITION_FAILED).isPresent();
    }
}
