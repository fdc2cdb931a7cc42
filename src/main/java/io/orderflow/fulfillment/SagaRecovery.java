package io.orderflow.fulfillment;

import io.orderflow.inventory.event.StockRefused;
import io.orderflow.inventory.event.StockReleased;
import io.orderflow.inventory.event.StockReserved;
import io.orderflow.order.event.CancellationRequested;
import io.orderflow.order.event.OrderCancelled;
import io.orderflow.order.event.OrderCompleted;
import io.orderflow.order.event.OrderDispatched;
import io.orderflow.order.event.OrderLine;
import io.orderflow.order.event.OrderPlaced;
import io.orderflow.order.event.OrderRejected;
import io.orderflow.payment.event.PaymentActionRequired;
import io.orderflow.payment.event.PaymentAuthorized;
import io.orderflow.payment.event.PaymentDeclined;
import io.orderflow.payment.event.PaymentPending;
import io.orderflow.payment.event.PaymentReversed;
import io.orderflow.payment.event.ReversalDemanded;
import io.orderflow.payment.event.ReversalFailed;
import io.orderflow.payment.event.ReversalRequested;
import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.Sku;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.modelling.saga.metamodel.AnnotationSagaMetaModelFactory;
import org.axonframework.modelling.saga.metamodel.SagaModel;
import org.springframework.stereotype.Component;

/**
 * Rebuilds the state of a saga from the past events of its order, payment and stock. Reads the stream of a SKU from its
 * beginning, which can take seconds.
 */
@Component
class SagaRecovery {

    /** Causal order; other events come after these, and those that undo an order last. */
    private static final List<Set<Class<?>>> FORWARD = List.of(Set.of(OrderPlaced.class),
            Set.of(StockReserved.class, StockRefused.class),
            Set.of(PaymentActionRequired.class, PaymentPending.class, PaymentAuthorized.class, PaymentDeclined.class),
            Set.of(OrderDispatched.class));
    private static final Set<Class<?>> UNDOING = Set.of(ReversalDemanded.class, ReversalRequested.class,
            ReversalFailed.class, PaymentReversed.class, StockReleased.class);
    private static final Set<Class<?>> ENDS = Set.of(OrderCompleted.class, OrderRejected.class, OrderCancelled.class);

    /** Without enhancers, so that no past event is parked. */
    private final SagaModel<OrderFulfillment> handlers =
            new AnnotationSagaMetaModelFactory().modelOf(OrderFulfillment.class);
    private final EventStore events;

    SagaRecovery(EventStore events) {
        this.events = events;
    }

    boolean isOpen(OrderId order) {
        return read(order.value()).noneMatch(SagaRecovery::ends);
    }

    /**
     * @return whether the order is open; an order that has ended needs no saga, and nothing is handled
     * @throws Exception whatever a handler throws
     */
    boolean replay(OrderFulfillment saga, OrderId order) throws Exception {
        List<? extends DomainEventMessage<?>> own = read(order.value()).toList();
        if (own.stream().anyMatch(SagaRecovery::ends)) {
            return false;
        }
        var facts = withPaymentAndStock(order, own);
        for (EventMessage<?> fact : facts) {
            outcomeImpliedBy(fact.getPayload()).ifPresent(ending -> saga.undo(ending, fact.getTimestamp()));
            for (MessageHandlingMember<? super OrderFulfillment> handler : handlers.findHandlerMethods(fact)) {
                handler.handle(fact, saga);
            }
        }
        if (facts.stream().noneMatch(fact -> fact.getPayload() instanceof PaymentFact)) {
            saga.presumeNoPayment(own.get(own.size() - 1).getTimestamp());
        }
        return true;
    }

    private static boolean ends(EventMessage<?> fact) {
        return ENDS.contains(fact.getPayloadType());
    }

    /**
     * A passed deadline is no event, but its consequences are: a saga releases stock and reverses payments only when the
     * order is to end.
     */
    private static Optional<OrderOutcome> outcomeImpliedBy(Object fact) {
        if (fact instanceof StockReleased) {
            return Optional.of(OrderOutcome.reservationTimeout());
        }
        return fact instanceof ReversalDemanded || fact instanceof ReversalRequested || fact instanceof PaymentReversed
                ? Optional.of(OrderOutcome.paymentTimeout()) : Optional.empty();
    }

    /** In causal order: the clocks of the nodes that published them may differ. */
    private List<? extends EventMessage<?>> withPaymentAndStock(OrderId order,
            List<? extends DomainEventMessage<?>> own) {
        var placed = (OrderPlaced) own.get(0).getPayload();
        Stream<String> others = Stream.concat(Stream.of(PaymentId.of(order).value()),
                placed.lines().stream().map(OrderLine::sku).map(Sku::stockItemId));
        return Stream.concat(own.stream(), others.flatMap(this::read))
                .filter(fact -> fact.getPayload() instanceof OrderFact about && about.orderId().equals(order))
                .sorted(Comparator.comparingInt(fact -> step(fact.getPayloadType()))).toList();
    }

    private static int step(Class<?> fact) {
        for (int step = 0; step < FORWARD.size(); step++) {
            if (FORWARD.get(step).contains(fact)) {
                return step;
            }
        }
        return fact == CancellationRequested.class ? FORWARD.size() + 1
                : UNDOING.contains(fact) ? FORWARD.size() + 2 : FORWARD.size();
    }

    /** From the first event: a snapshot would hide it. */
    private Stream<? extends DomainEventMessage<?>> read(String aggregate) {
        return events.readEvents(aggregate, 0).asStream();
    }
}
