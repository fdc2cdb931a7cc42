package io.orderflow.fulfillment;

import io.orderflow.order.command.ResumeOrder;
import io.orderflow.shared.OrderId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
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
    private static final int TOLD_ANEW = 5;
    private static final int COMMAND_SECONDS = 10;

    private final StuckOrders orders;
    private final UnledOrders unled;
    private final CommandGateway commands;
    private final Clock clock;
    private Set<OrderId> told = Set.of();
    private volatile int stuck;

    Watchdog(StuckOrders orders, UnledOrders unled, CommandGateway commands, Clock clock) {
        this.orders = orders;
        this.unled = unled;
        this.commands = commands;
        this.clock = clock;
    }

    /** How many orders the last round found. */
    int stuck() {
        return stuck;
    }

    synchronized void look() {
        var found = new LinkedHashMap<OrderId, String>();
        orders.find().forEach(order -> found.put(order, "without a live deadline"));
        findUnled().forEach(order -> found.put(order, "without a saga that leads it"));
        stuck = found.size();
        found.forEach((order, state) -> {
            if (!told.contains(order)) {
                LOG.error("Order {} is stuck, {}: it is asked to go on", order, state);
            }
        });
        told = Set.copyOf(found.keySet());
        found.entrySet().stream().limit(PUSHES).forEach(order -> push(order.getKey(), order.getValue()));
    }

    /** A few a round: each is told all that has happened to it anew, in the batch of its saga's processor. */
    private List<OrderId> findUnled() {
        try {
            return unled.find().stream().limit(TOLD_ANEW).toList();
        } catch (RuntimeException failure) {
            LOG.warn("Orders without a saga could not be looked for; the next round tries again", failure);
            return List.of();
        }
    }

    /** One order that cannot be pushed is no reason to leave the others. */
    private void push(OrderId order, String state) {
        try {
            commands.sendAndWait(new ResumeOrder(order, "The watchdog found it " + state,
                    clock.instant().truncatedTo(ChronoUnit.MICROS)), COMMAND_SECONDS, TimeUnit.SECONDS);
        } catch (RuntimeException failure) {
            LOG.warn("Order {} could not be asked to go on", order, failure);
        }
    }
}
