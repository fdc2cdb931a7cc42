package io.orderflow.fulfillment;

import io.orderflow.order.command.ResumeOrder;
import io.orderflow.shared.OrderId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Finds orders that nothing would ever wake again, says so, and has them asked to go on. */
@Component
class Watchdog {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    /** More at once would compete with the orders that are well; the rest follows in the next rounds. */
    private static final int PUSHES = 100;
    /** Each is told anew all that has happened to it, in a batch of its saga's processor. */
    private static final int TOLD_ANEW = 5;
    /** After so many without one here, another node makes them. */
    private static final int ROUNDS = 3;
    private static final String UNWATCHED = "without a live deadline";
    private static final String UNLED = "without a saga that leads it";
    private static final int COMMAND_SECONDS = 10;

    private final StuckOrders orders;
    private final UnledOrders unled;
    private final CommandGateway commands;
    private final Clock clock;
    private final Duration every;
    private Set<OrderId> told = Set.of();
    private volatile int stuck;
    private volatile Instant looked = Instant.MIN;

    Watchdog(StuckOrders orders, UnledOrders unled, CommandGateway commands, Clock clock,
            @Value("${orderflow.watchdog.every:1m}") Duration every) {
        this.orders = orders;
        this.unled = unled;
        this.commands = commands;
        this.clock = clock;
        this.every = every;
    }

    /** How many orders the last round found; 0 when that was several rounds ago: another node makes them. */
    int stuck() {
        return looked.isBefore(clock.instant().minus(every.multipliedBy(ROUNDS))) ? 0 : stuck;
    }

    synchronized void look() {
        List<OrderId> late = orders.find();
        List<OrderId> lost = findUnled();
        stuck = late.size() + lost.size();
        looked = clock.instant();
        Set<OrderId> found = new HashSet<>();
        late.forEach(order -> tell(order, UNWATCHED, found));
        lost.forEach(order -> tell(order, UNLED, found));
        told = found;
        late.stream().limit(PUSHES).forEach(order -> push(order, UNWATCHED));
        lost.stream().limit(TOLD_ANEW).forEach(order -> push(order, UNLED));
    }

    /** Once, as long as it stays so. */
    private void tell(OrderId order, String state, Set<OrderId> found) {
        if (found.add(order) && !told.contains(order)) {
            LOG.error("Order {} is stuck, {}: it is asked to go on", order, state);
        }
    }

    private List<OrderId> findUnled() {
        try {
            return unled.find();
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
