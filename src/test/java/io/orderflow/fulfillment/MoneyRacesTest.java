package io.orderflow.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.payment.gateway.ModelGateway.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import org.axonframework.eventhandling.GenericEventMessage;

/**
 * Every order in which a customer, the clock, staff, a gateway and its callbacks can get in each other's way: the real
 * saga and the real aggregates, event by event, against a gateway that keeps a ledger of its own.
 */
class MoneyRacesTest {

    @BeforeProperty
    void let_the_clocks_of_nodes_differ_by_up_to_half_a_second() {
        var chance = new Random(42);
        InstantSource clocks = () -> Instant.now().plusMillis(chance.nextInt(500));
        GenericEventMessage.clock = clocks.withZone(ZoneOffset.UTC);
    }

    @AfterProperty
    void let_clocks_agree() {
        GenericEventMessage.clock = Clock.systemUTC();
    }

    @Property(tries = 400)
    void leave_the_gateway_with_exactly_the_money_that_the_order_says(@ForAll("races") ActionChain<OrderStory> race) {
        race.withInvariant(OrderStory::requireSoundMoney).run();
        var story = race.finalState().orElseThrow();

        story.comeToRest();

        story.requireSoundMoney();
        assertThat(story.isOpenAtGateway()).as("unknown in the end").isFalse();
        switch (story.status()) {
            case "CANCELLED", "REJECTED" -> {
                assertThat(story.gateway().held()).as("set aside").isZero();
                assertThat(story.gateway().net()).as("taken").isZero();
                assertThat(story.reserved()).as("stock held").isZero();
            }
            case "COMPLETED" -> {
                assertThat(story.gateway().net()).as("taken").isEqualTo(story.total());
                assertThat(story.reserved()).as("stock held").isZero();
            }
            default -> {
                assertThat(story.status()).isEqualTo("CONFIRMED");
                assertThat(story.gateway().held()).as("set aside").isEqualTo(story.total());
            }
        }
    }

    @Provide
    Arbitrary<ActionChain<OrderStory>> races() {
        return ActionChain.startWith(OrderStory::new)
                .withAction(9, action("an event is handled", OrderStory::handleOneEvent))
                .withAction(1, action("the customer cancels", OrderStory::cancel))
                .withAction(1, action("the payment is overdue", OrderStory::letTimePass))
                .withAction(1, action("staff dispatches", OrderStory::dispatch))
                .withAction(1, action("the saga is lost", OrderStory::loseSagaAndResume))
                .withAction(4, new Works(false))
                .withAction(2, new Works(true))
                .withAction(1, new Dies())
                .withAction(1, action("the gateway is away", story -> story.gateway().beAway()))
                .withAction(1, action("the customer agrees", story -> story.gateway().settle(true)))
                .withAction(1, action("the customer refuses", story -> story.gateway().settle(false)))
                .withAction(2, action("callbacks come", story -> story.gateway().callBack()))
                .withMaxTransformations(40);
    }

    private static Action.Independent<OrderStory> action(String name,
            java.util.function.Consumer<OrderStory> what) {
        return () -> Arbitraries.just(Transformer.mutate(name, what::accept));
    }

    private record Works(boolean answerLost) implements Action.Independent<OrderStory> {

        @Override
        public Arbitrary<Transformer<OrderStory>> transformer() {
            return verdicts().map(verdict -> Transformer.mutate("the gateway says " + verdict
                    + (answerLost ? " and is not heard" : ""), story -> story.gateway().work(verdict, answerLost)));
        }
    }

    private record Dies() implements Action.Independent<OrderStory> {

        @Override
        public Arbitrary<Transformer<OrderStory>> transformer() {
            return verdicts().map(verdict -> Transformer.mutate("the gateway says " + verdict
                    + " and we die", story -> story.gateway().die(verdict)));
        }
    }

    private static Arbitrary<Verdict> verdicts() {
        return Arbitraries.frequency(net.jqwik.api.Tuple.of(6, Verdict.YES), net.jqwik.api.Tuple.of(2, Verdict.NO),
                net.jqwik.api.Tuple.of(2, Verdict.CUSTOMER), net.jqwik.api.Tuple.of(1, Verdict.LATER));
    }
}
