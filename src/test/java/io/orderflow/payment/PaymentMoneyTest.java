package io.orderflow.payment;

import static io.orderflow.payment.Payments.ORDER;
import static io.orderflow.payment.Payments.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.payment.command.CapturePayment;
import io.orderflow.payment.command.RefundPayment;
import io.orderflow.payment.command.RequestPayment;
import io.orderflow.payment.command.RetryOperation;
import io.orderflow.payment.command.SettleByHand;
import io.orderflow.payment.event.PaymentCaptured;
import io.orderflow.payment.event.PaymentRefunded;
import io.orderflow.payment.event.RefundFailed;
import io.orderflow.payment.event.RefundRequested;
import io.orderflow.payment.event.SettledByHand;
import io.orderflow.payment.gateway.ModelGateway;
import io.orderflow.payment.gateway.ModelGateway.Verdict;
import io.orderflow.platform.store.ProductionSerializer;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;

/** Whatever is taken in parts and paid back in parts, in whatever order and however often the gateway refuses. */
class PaymentMoneyTest {

    @Property(tries = 400)
    void sums_exactly_and_is_never_exceeded(@ForAll("lives") ActionChain<Life> life) {
        life.withInvariant(Life::requireSums).run();
        var lived = life.finalState().orElseThrow();

        lived.comeToRest();

        lived.requireSums();
        assertThat(lived.gateway.isIdle()).as("nothing left unknown").isTrue();
        assertThat(lived.gateway.net()).as("the gateway's ledger").isEqualTo(lived.captured - lived.refunded
                + lived.byHand);
    }

    @Provide
    Arbitrary<ActionChain<Life>> lives() {
        return Arbitraries.of("JPY", "EUR", "KWD").flatMap(currency -> ActionChain
                .startWith(() -> new Life(currency))
                .withAction(3, amount("capture", Life::capture))
                .withAction(3, amount("refund", Life::refund))
                .withAction(1, plain("refund all", life -> life.refund(null)))
                .withAction(4, plain("the gateway agrees", life -> life.gateway.work(Verdict.YES, false)))
                .withAction(2, plain("the gateway refuses", life -> life.gateway.work(Verdict.NO, false)))
                .withAction(2, plain("the gateway is not heard", life -> life.gateway.work(Verdict.YES, true)))
                .withAction(1, plain("the gateway decides later", life -> life.gateway.work(Verdict.LATER, false)))
                .withAction(1, plain("the gateway has decided", life -> life.gateway.settle(true)))
                .withAction(1, plain("the gateway has refused", life -> life.gateway.settle(false)))
                .withAction(1, plain("callbacks", life -> life.gateway.callBack()))
                .withAction(1, plain("staff retries", Life::retry))
                .withAction(1, plain("staff settles", Life::settle))
                .withMaxTransformations(40));
    }

    private static Action.Independent<Life> plain(String name, Consumer<Life> what) {
        return () -> Arbitraries.just(Transformer.mutate(name, what::accept));
    }

    private static Action.Independent<Life> amount(String name, BiConsumer<Life, Long> what) {
        return () -> Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.longs().between(1, 40)),
                Tuple.of(1, Arbitraries.longs().between(1, 120)))
                .map(amount -> Transformer.mutate(name + " " + amount, life -> what.accept(life, amount)));
    }

    /** A payment of 100 minor units from its authorization on. */
    static final class Life {

        private static final long AUTHORIZED = 100;

        private final String currency;
        private final CommandGateway commands;
        private final ModelGateway gateway;
        private final List<EventMessage<?>> published = new ArrayList<>();
        private final Map<String, Boolean> failures = new LinkedHashMap<>();
        private long captured;
        private long refunded;
        private long byHand;
        private int number;

        Life(String currency) {
            this.currency = currency;
            var axon = DefaultConfigurer.defaultConfiguration(false)
                    .configureSerializer(c -> ProductionSerializer.create())
                    .configureEmbeddedEventStore(c -> new InMemoryEventStorageEngine())
                    .configureAggregate(Payment.class).start();
            commands = axon.commandGateway();
            gateway = new ModelGateway(commands);
            axon.eventStore().subscribe(published::addAll);
            commands.sendAndWait(new RequestPayment(PAYMENT, ORDER, "shop", new Money(currency, AUTHORIZED),
                    new PaymentMethod("tok_ok"),
                Payments.ON_GATEWAY));
            requireSums();
            gateway.work(Verdict.YES, false);
        }

        void capture(long amount) {
            orBeRefused(new CapturePayment(PAYMENT, "shp_" + ++number, new Money(currency, amount)));
        }

        void refund(Long amount) {
            orBeRefused(new RefundPayment(PAYMENT, "ref_" + ++number,
                    amount == null ? null : new Money(currency, amount), "Broken.", ExpectedVersion.ANY,
                    number % 2 == 0 ? null : new Money(currency, AUTHORIZED)));
        }

        void retry() {
            failures.keySet().stream().findFirst().ifPresent(id -> orBeRefused(new RetryOperation(PAYMENT, id,
                    ExpectedVersion.ANY)));
        }

        void settle() {
            failures.keySet().stream().findFirst().ifPresent(id ->
                    orBeRefused(new SettleByHand(PAYMENT, id, "Cash.", ExpectedVersion.ANY)));
        }

        void comeToRest() {
            for (int round = 0; round < 200 && !gateway.isIdle(); round++) {
                gateway.settle(true);
                gateway.work(Verdict.YES, false);
                requireSums();
            }
        }

        void requireSums() {
            var news = List.copyOf(published);
            published.clear();
            news.stream().map(EventMessage::getPayload).forEach(this::hear);
            assertThat(gateway.wasAskedForTooMuch()).as("asked for too much").isFalse();
        }

        private void hear(Object event) {
            gateway.hear(event);
            if (event instanceof PaymentCaptured taken) {
                captured += taken.amount().amount();
                assertThat(taken.capturedTotal().amount()).isEqualTo(captured);
            } else if (event instanceof PaymentRefunded paid) {
                refunded += paid.amount().amount();
                assertThat(paid.refundedTotal().amount()).isEqualTo(refunded);
                failures.remove(paid.operationId());
            } else if (event instanceof RefundFailed failed) {
                assertThat(failed.refundedTotal().amount()).isLessThanOrEqualTo(refunded);
                refunded = failed.refundedTotal().amount();
                failures.put(failed.operationId(), true);
            } else if (event instanceof SettledByHand settled) {
                byHand += settled.amount().amount();
            } else if (event instanceof RefundRequested) {
                failures.clear();
            }
            assertThat(refunded).isBetween(0L, captured);
            assertThat(captured).isBetween(refunded, AUTHORIZED);
        }

        private void orBeRefused(Object command) {
            try {
                commands.sendAndWait(command);
            } catch (Refusal | IllegalStateException refused) {
                // Nothing has changed: the sums are looked at after every step.
            }
        }
    }
}
