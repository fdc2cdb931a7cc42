package io.orderflow.fulfillment;

import static io.orderflow.fulfillment.Facts.ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.inventory.command.ReceiveStock;
import io.orderflow.inventory.event.StockReleased;
import io.orderflow.inventory.event.StockReserved;
import io.orderflow.inventory.event.StockShipped;
import io.orderflow.order.command.DispatchOrder;
import io.orderflow.order.command.PlaceOrder;
import io.orderflow.order.command.RequestCancellation;
import io.orderflow.order.command.ResumeOrder;
import io.orderflow.order.event.OrderCancelled;
import io.orderflow.order.event.OrderCompleted;
import io.orderflow.order.event.OrderConfirmed;
import io.orderflow.order.event.OrderDispatched;
import io.orderflow.order.event.OrderPlaced;
import io.orderflow.order.event.OrderRejected;
import io.orderflow.payment.gateway.ModelGateway;
import io.orderflow.payment.event.PaymentCaptured;
import io.orderflow.payment.event.PaymentRefunded;
import io.orderflow.payment.event.PaymentReversed;
import io.orderflow.payment.event.PaymentReversedInPart;
import io.orderflow.payment.event.ReversalKind;
import io.orderflow.platform.store.ProductionSerializer;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.repository.AnnotatedSagaRepository;
import org.axonframework.modelling.saga.repository.inmemory.InMemorySagaStore;
import org.axonframework.test.deadline.StubDeadlineManager;
import org.springframework.test.util.ReflectionTestUtils;

/** One order with its real aggregates and its real saga, where every event waits until somebody has it handled. */
final class OrderStory {

    private static final Duration PAYING = Duration.ofMinutes(30);

    private final StubDeadlineManager deadlines = new StubDeadlineManager(Facts.NOON);
    private final Configuration axon;
    private final CommandGateway commands;
    private final InMemorySagaStore sagaStore = new InMemorySagaStore();
    private final AnnotatedSagaManager<OrderFulfillment> sagas;
    private final ModelGateway gateway;
    private final List<EventMessage<?>> waiting = new ArrayList<>();
    private final List<Object> facts = new ArrayList<>();

    OrderStory() {
        var configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(c -> ProductionSerializer.create())
                .configureEmbeddedEventStore(c -> new InMemoryEventStorageEngine());
        for (String aggregate : List.of("order.Order", "payment.Payment", "inventory.StockItem")) {
            configurer.configureAggregate(type("io.orderflow." + aggregate));
        }
        axon = configurer.start();
        commands = axon.commandGateway();
        gateway = new ModelGateway(commands);
        axon.eventStore().subscribe(events -> events.forEach(waiting::add));
        var repository = AnnotatedSagaRepository.<OrderFulfillment>builder().sagaType(OrderFulfillment.class)
                .sagaStore(sagaStore).resourceInjector(this::inject).build();
        sagas = new SagasByOrder<>(AnnotatedSagaManager.<OrderFulfillment>builder().sagaType(OrderFulfillment.class)
                .sagaRepository(repository).sagaFactory(OrderFulfillment::new)
                .listenerInvocationErrorHandler(PropagatingErrorHandler.instance()));
        begin();
    }

    private void begin() {
        var placed = Facts.placed();
        placed.lines().forEach(line -> commands.sendAndWait(
                new ReceiveStock(line.sku(), "mov_" + line.sku(), new Quantity(10), null)));
        commands.sendAndWait(new PlaceOrder(ORDER, placed.shop(), placed.reference(), placed.customer(), "EUR",
                placed.lines(), placed.paymentMethod(), null, placed.request(), placed.waitingOn(),
                placed.placedAt()));
    }

    ModelGateway gateway() {
        return gateway;
    }

    void handleOneEvent() {
        if (waiting.isEmpty()) {
            return;
        }
        var event = waiting.remove(0);
        facts.add(event.getPayload());
        gateway.hear(event.getPayload());
        new DefaultUnitOfWork<>(event).executeWithResult(() -> {
            sagas.handle(event, Segment.ROOT_SEGMENT);
            return null;
        }).getPayload();
    }

    void cancel() {
        orBeRefused(new RequestCancellation(ORDER, "changed my mind", deadlines.getCurrentDateTime(),
                ExpectedVersion.ANY));
    }

    void dispatch() {
        orBeRefused(new DispatchOrder(ORDER, "shp_1", List.of(), "DHL", "42",
                new WaitingOn(Code.DISPATCH, deadlines.getCurrentDateTime(), null),
                new WaitingOn(Code.PAYMENT_CAPTURE, deadlines.getCurrentDateTime(), null),
                deadlines.getCurrentDateTime(), ExpectedVersion.ANY));
    }

    void letTimePass() {
        deadlines.advanceTimeBy(PAYING, (scope, deadline) -> new DefaultUnitOfWork<>(deadline).executeWithResult(
                () -> {
                    sagas.send(deadline, scope);
                    return null;
                }).getPayload());
    }

    /** As long as it is open, the watchdog would notice. */
    void loseSagaAndResume() {
        var ofOrder = new AssociationValue(OrderFulfillment.ORDER, ORDER.value());
        Set<String> led = sagaStore.findSagas(OrderFulfillment.class, ofOrder);
        led.forEach(saga -> sagaStore.deleteSaga(OrderFulfillment.class, saga, Set.of(ofOrder)));
        if (!led.isEmpty()) {
            commands.sendAndWait(new ResumeOrder(ORDER, "its saga is lost", deadlines.getCurrentDateTime()));
        }
    }

    /** The gateway answers, the customer has agreed, and everybody does what there is to do. */
    void comeToRest() {
        for (int round = 0; round < 200 && !(waiting.isEmpty() && gateway.isIdle() && isAtRest()); round++) {
            while (!waiting.isEmpty()) {
                handleOneEvent();
            }
            gateway.settle(true);
            gateway.work(ModelGateway.Verdict.YES, false);
            if (waiting.isEmpty() && gateway.isIdle() && !isAtRest()) {
                letTimePass();
            }
        }
    }

    /** Never more taken than set aside, paid back than taken, or set aside than once. */
    void requireSoundMoney() {
        assertThat(gateway.held()).isBetween(0L, total());
        assertThat(gateway.net()).isBetween(0L, total());
        assertThat(gateway.held() + gateway.net()).isLessThanOrEqualTo(total());
        assertThat(gateway.wasAskedForTooMuch()).as("asked for too much").isFalse();
        assertThat(gateway.authorizations()).isLessThanOrEqualTo(1);
        assertThat(taken()).as("our captures").isBetween(0L, total());
    }

    boolean isOpenAtGateway() {
        return !gateway.isIdle();
    }

    String status() {
        String status = "NONE";
        for (Object fact : facts) {
            status = fact instanceof OrderPlaced ? "PLACED" : fact instanceof OrderConfirmed ? "CONFIRMED"
                    : fact instanceof OrderDispatched ? "DISPATCHED" : fact instanceof OrderCompleted ? "COMPLETED"
                    : fact instanceof OrderCancelled ? "CANCELLED" : fact instanceof OrderRejected ? "REJECTED"
                    : status;
        }
        return status;
    }

    long total() {
        return Facts.TOTAL.amount();
    }

    int reserved() {
        return facts.stream().mapToInt(fact -> fact instanceof StockReserved reserved ? reserved.reservedChange()
                : fact instanceof StockReleased released ? released.reservedChange()
                : fact instanceof StockShipped shipped ? shipped.reservedChange() : 0).sum();
    }

    private boolean isAtRest() {
        return List.of("CONFIRMED", "COMPLETED", "CANCELLED", "REJECTED").contains(status())
                && !(status().equals("CONFIRMED") && isBeingCancelled());
    }

    private boolean isBeingCancelled() {
        return facts.stream().anyMatch(io.orderflow.order.event.CancellationRequested.class::isInstance);
    }

    private long taken() {
        return facts.stream().mapToLong(fact -> fact instanceof PaymentCaptured captured ? captured.amount().amount()
                : fact instanceof PaymentRefunded refunded ? -refunded.amount().amount()
                : fact instanceof PaymentReversedInPart part ? -part.amount().amount()
                : fact instanceof PaymentReversed reversed && reversed.kind() == ReversalKind.REFUNDED
                        ? -reversed.amount().amount() : 0).sum();
    }

    private void orBeRefused(Object command) {
        try {
            commands.sendAndWait(GenericCommandMessage.asCommandMessage(command));
        } catch (Refusal tooLate) {
            // Whoever is second in a race gets an answer, and nothing has changed.
        }
    }

    private void inject(Object saga) {
        ReflectionTestUtils.setField(saga, "commands", commands);
        ReflectionTestUtils.setField(saga, "deadlines", deadlines);
        InstantSource time = deadlines::getCurrentDateTime;
        ReflectionTestUtils.setField(saga, "durations", new FulfillmentDeadlines(time.withZone(ZoneOffset.UTC),
                new FulfillmentProperties(Facts.RESERVATION.multipliedBy(1000), PAYING, PAYING.multipliedBy(2),
                        Facts.DISPATCH.multipliedBy(1000), Facts.SHIPPING, Facts.UNDO, Facts.UNDO)));
        ReflectionTestUtils.setField(saga, "recovery", new SagaRecovery(axon.eventStore()));
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
