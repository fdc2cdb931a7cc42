package io.orderflow.fulfillment;

import io.orderflow.order.command.ResumeOrder;
import io.orderflow.shared.OrderId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Finds orders that nothing would ever wake again, says so, and has them asked to go on. */
@Component
class Watchdog {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    /** More at once would compete with the orders that are well; the rest follows in the next rounds. */
    private static final int PUSHES = 100;
    private static final int COMMAND_SECONDS = 10;

    private final StuckOrders orders;
    private final CommandGateway commands;
    private final Clock clock;
    private Set<OrderId> told = Set.of();
    private volatile int stuck;

    Watchdog(StuckOrders orders, CommandGateway commands, Clock clock) {
        this.orders = orders;
        this.commands = commands;
        this.clock = clock;
    }

    /** How many orders the last round found. */
    int stuck() {
        return stuck;
    }

    synchronized void look() {
        List<OrderId> found = orders.find();
        stuck = found.size();
        found.stream().filter(order -> !told.contains(order)).forEach(order ->
                LOG.error("Order {} is stuck: no live deadline would wake it; it is asked to go on", order));
        told = new HashSet<>(found);
        found.stream().limit(PUSHES).forEach(this::push);
    }

    /** One order that cannot be pushed is no reason to leave the others. */
    private void push(OrderId order) {
        try {
            commands.sendAndWait(new ResumeOrder(order, "The watchdog found it without a live deadline",
                    clock.instant().truncatedTo(ChronoUnit.MICROS)), COMMAND_SECONDS, TimeUnit.SECONDS);
        } catch (RuntimeException failure) {
            LOG.warn("Order {} could not be asked to go on", order, failure);
        }
    }
}
