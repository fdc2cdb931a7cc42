package io.orderflow.fulfillment;

import io.orderflow.shared.OrderId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** The dead letters of one saga type: events that could not be handled, and the later ones of the same orders. */
final class SagaDeadLetters {

    /** After so many attempts an event is parked; the processor waits longer each time. */
    private static final int ATTEMPTS = 3;
    private static final String ANY = SagaDeadLetters.class.getName() + '/';
    private static final int REMEMBERED_FAILURES = 1000;

    private final String group;
    private final ObjectProvider<Configuration> axon;
    private final Map<String, Failure> failures = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failure> eldest) {
            return size() > REMEMBERED_FAILURES;
        }
    };

    private record Failure(int count, Throwable last) {
    }

    SagaDeadLetters(String group, ObjectProvider<Configuration> axon) {
        this.group = group;
        this.axon = axon;
    }

    /** Usually nothing is parked at all; then the store is read once per batch. */
    boolean holds(OrderId order) {
        return mayHoldAny() && queue().contains(order.value());
    }

    /** Not cached beyond a batch: another node may have owned the segment before, and parked something. */
    private boolean mayHoldAny() {
        return CurrentUnitOfWork.get().root().getOrComputeResource(ANY + group, key -> queue().amountOfSequences() > 0);
    }

    synchronized void failed(EventMessage<?> fact, Throwable failure) {
        int before = failures.containsKey(fact.getIdentifier()) ? failures.get(fact.getIdentifier()).count() : 0;
        failures.put(fact.getIdentifier(), new Failure(before + 1, failure));
    }

    /** The last failure of an event that has failed too often to be tried again; null for any other. */
    synchronized @Nullable Throwable reasonToPark(EventMessage<?> fact) {
        Failure failure = failures.get(fact.getIdentifier());
        return failure == null || failure.count() < ATTEMPTS ? null : failure.last();
    }

    /** @param reason null for an event that only waits behind another */
    synchronized void park(OrderId order, EventMessage<?> fact, @Nullable Throwable reason) {
        queue().enqueue(order.value(), new GenericDeadLetter<>(order.value(), fact, reason));
        CurrentUnitOfWork.get().root().resources().put(ANY + group, true);
    }

    private SequencedDeadLetterQueue<EventMessage<?>> queue() {
        return axon.getObject().eventProcessingConfiguration().deadLetterQueue(group).orElseThrow();
    }
}
