package io.orderflow.fulfillment;

import io.orderflow.shared.OrderId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.springframework.beans.factory.ObjectProvider;

/** The facts that one saga could not handle, and those that wait behind them for the same order: its dead letters. */
final class ParkedFacts {

    /** So often a fact is tried before it is parked; the processor waits longer each time. */
    private static final int ATTEMPTS = 3;
    private static final int REMEMBERED_FAILURES = 1000;
    /** How long it may be unknown here that another node has parked something. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final String group;
    private final ObjectProvider<Configuration> axon;
    private final Clock clock;
    private final Map<String, Failure> failures = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failure> eldest) {
            return size() > REMEMBERED_FAILURES;
        }
    };
    private Instant looked = Instant.MIN;
    private boolean empty;

    private record Failure(int count, Throwable last) {
    }

    ParkedFacts(String group, ObjectProvider<Configuration> axon, Clock clock) {
        this.group = group;
        this.axon = axon;
        this.clock = clock;
    }

    /** Almost always nothing is parked, and then nobody asks the store. */
    boolean holds(OrderId order) {
        return mayHoldAny() && queue().contains(order.value());
    }

    private synchronized boolean mayHoldAny() {
        if (looked.plus(FRESH).isBefore(clock.instant())) {
            empty = queue().amountOfSequences() == 0;
            looked = clock.instant();
        }
        return !empty;
    }

    synchronized void failed(EventMessage<?> fact, Throwable failure) {
        int before = failures.containsKey(fact.getIdentifier()) ? failures.get(fact.getIdentifier()).count() : 0;
        failures.put(fact.getIdentifier(), new Failure(before + 1, failure));
    }

    /** Why it has failed too often to be tried once more; null while it has not. */
    synchronized Throwable reasonToPark(EventMessage<?> fact) {
        Failure failure = failures.get(fact.getIdentifier());
        return failure == null || failure.count() < ATTEMPTS ? null : failure.last();
    }

    /** @param reason null for a fact that merely waits behind another */
    synchronized void park(OrderId order, EventMessage<?> fact, Throwable reason) {
        queue().enqueue(order.value(), new GenericDeadLetter<>(order.value(), fact, reason));
        empty = false;
    }

    private SequencedDeadLetterQueue<EventMessage<?>> queue() {
        return axon.getObject().eventProcessingConfiguration().deadLetterQueue(group).orElseThrow();
    }
}
