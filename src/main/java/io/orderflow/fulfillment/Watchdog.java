package io.orderflow.fulfillment;

import io.orderflow.order.command.ResumeOrder;
import io.orderflow.shared.OrderId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Finds orders that nothing would wake again, logs them, and resumes them. */
@Component
class Watchdog {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    /** More would compete with the other orders; the rest follows in the next rounds. */
    private static final int RESUMED = 100;
    /** Recovery reads all past events of an order in a batch of its saga's processor. */
    private static final int RECOVERED = 5;
    /** After so many rounds without one on this node, another node runs them. */
    private static final int ROUNDS = 3;
    private static final String WITHOUT_DEADLINE = "without a live deadline";
    private static final String WITHOUT_SAGA = "without a saga";
    private static final int COMMAND_SECONDS = 10;

    private final SagaRows sagas;
    private final OrdersWithoutSaga orders;
    private final CommandGateway commands;
    private final Clock clock;
    private final Duration every;
    private final Queue<OrderId> lost = new ArrayDeque<>();
    private Set<OrderId> logged = Set.of();
    private volatile int stuck;
    private volatile Instant looked = Instant.MIN;

    Watchdog(SagaRows sagas, OrdersWithoutSaga orders, CommandGateway commands, Clock clock,
            @Value("${orderflow.watchdog.every:1m}") Duration every) {
        this.sagas = sagas;
        this.orders = orders;
        this.commands = commands;
        this.clock = clock;
        this.every = every;
    }

    /** How many orders the last round found; 0 when another node runs the rounds. */
    int stuck() {
        return looked.isBefore(clock.instant().minus(every.multipliedBy(ROUNDS))) ? 0 : stuck;
    }

    synchronized void look() {
        List<OrderId> late = sagas.withoutDeadline();
        if (lost.isEmpty()) {
            findLost();
        }
        stuck = late.size() + lost.size();
        looked = clock.instant();
        late.stream().filter(order -> !logged.contains(order)).forEach(order -> log(order, WITHOUT_DEADLINE));
        logged = new HashSet<>(late);
        late.stream().limit(RESUMED).forEach(order -> resume(order, WITHOUT_DEADLINE));
        for (int recovered = 0; recovered < RECOVERED && !lost.isEmpty(); recovered++) {
            resume(lost.remove(), WITHOUT_SAGA);
        }
    }

    private void findLost() {
        try {
            lost.addAll(orders.findNext());
            lost.forEach(order -> log(order, WITHOUT_SAGA));
        } catch (RuntimeException failure) {
            LOG.warn("Orders without a saga could not be looked for; the next round tries again", failure);
        }
    }

    private static void log(OrderId order, String state) {
        LOG.error("Order {} is stuck, {}: it is resumed", order, state);
    }

    /** A failure does not keep the other orders from being resumed. */
    private void resume(OrderId order, String state) {
        try {
            commands.sendAndWait(new ResumeOrder(order, "The watchdog found it " + state,
                    clock.instant().truncatedTo(ChronoUnit.MICROS)), COMMAND_SECONDS, TimeUnit.SECONDS);
        } catch (RuntimeException failure) {
            LOG.warn("Order {} could not be resumed", order, failure);
        }
    }
}
