package io.orderflow.fulfillment;

import static io.orderflow.fulfillment.Facts.BEANS;
import static io.orderflow.fulfillment.Facts.CUP;
import static io.orderflow.fulfillment.Facts.DISPATCH;
import static io.orderflow.fulfillment.Facts.NOON;
import static io.orderflow.fulfillment.Facts.ORDER;
import static io.orderflow.fulfillment.Facts.PAYING;
import static io.orderflow.fulfillment.Facts.RESERVATION;
import static io.orderflow.fulfillment.Facts.RETURN;
import static io.orderflow.fulfillment.Facts.SHIPPING;
import static io.orderflow.fulfillment.Facts.UNDO;
import static io.orderflow.fulfillment.Facts.broken;
import static io.orderflow.fulfillment.Facts.captured;
import static io.orderflow.fulfillment.Facts.close;
import static io.orderflow.fulfillment.Facts.good;
import static io.orderflow.fulfillment.Facts.goodsReturned;
import static io.orderflow.fulfillment.Facts.refund;
import static io.orderflow.fulfillment.Facts.refundFailed;
import static io.orderflow.fulfillment.Facts.refundPending;
import static io.orderflow.fulfillment.Facts.refundPostponed;
import static io.orderflow.fulfillment.Facts.refundRequested;
import static io.orderflow.fulfillment.Facts.refundUncertain;
import static io.orderflow.fulfillment.Facts.refunded;
import static io.orderflow.fulfillment.Facts.restock;
import static io.orderflow.fulfillment.Facts.returnClosed;
import static io.orderflow.fulfillment.Facts.stockReturned;
import static io.orderflow.fulfillment.StoredSagas.requireDue;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.inventory.command.ReturnStock;
import io.orderflow.order.command.ReportAfterSalesWait;
import io.orderflow.order.event.GoodsReturned;
import io.orderflow.payment.command.RefundPayment;
import io.orderflow.shared.OrderFact;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.test.saga.ContinuedGivenState;
import org.axonframework.test.saga.FixtureExecutionResult;
import org.axonframework.test.saga.SagaTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AfterSalesTest {

    private static final GoodsReturned CUP_AND_BEANS =
            goodsReturned("ret_1", 4600, good(CUP, 1), broken(BEANS, 1), good(BEANS, 1));
    private static final GoodsReturned ONE_CUP = goodsReturned("ret_1", 1000, good(CUP, 1));

    private SagaTestFixture<AfterSales> fixture;

    @BeforeEach
    void set_up() {
        fixture = new SagaTestFixture<>(AfterSales.class);
        fixture.registerListenerInvocationErrorHandler(PropagatingErrorHandler.instance());
        InstantSource time = fixture::currentTime;
        fixture.registerResource(new FulfillmentDeadlines(time.withZone(ZoneOffset.UTC),
                new FulfillmentProperties(RESERVATION, PAYING, PAYING.multipliedBy(2), DISPATCH, SHIPPING, UNDO, RETURN)));
    }

    private ContinuedGivenState given(OrderFact... facts) {
        var state = fixture.givenCurrentTime(NOON).andThenAPublished(facts[0]);
        for (int fact = 1; fact < facts.length; fact++) {
            state = state.andThenAPublished(facts[fact]);
        }
        return state;
    }

    /** A second story in one test needs a fixture of its own. */
    private ContinuedGivenState givenAnew(OrderFact... facts) {
        set_up();
        return given(facts);
    }

    private FixtureExecutionResult goesOn(FixtureExecutionResult result, Duration left) {
        requireDue(fixture, AfterSales.class, left);
        return result.expectSuccessfulHandlerExecution().expectActiveSagas(1);
    }

    private void changesNothing(FixtureExecutionResult result) {
        goesOn(result, RETURN).expectNoDispatchedCommands();
    }

    private static void ends(FixtureExecutionResult result) {
        result.expectSuccessfulHandlerExecution().expectActiveSagas(0).expectNoScheduledDeadlines()
                .expectDispatchedCommands(new ReportAfterSalesWait(ORDER, null));
    }

    private static ReportAfterSalesWait waiting(Code code) {
        return waiting(code, NOON, NOON.plus(RETURN));
    }

    private static ReportAfterSalesWait waiting(Code code, Instant since, Instant until) {
        return new ReportAfterSalesWait(ORDER, new WaitingOn(code, since, until));
    }

    @Nested
    class Goods_that_come_back {

        @Test
        void are_paid_back_and_taken_to_stock_in_the_order_of_skus() {
            goesOn(fixture.givenCurrentTime(NOON).whenPublishingA(CUP_AND_BEANS), RETURN)
                    .expectAssociationWith("orderId", ORDER)
                    .expectDispatchedCommands(waiting(Code.REFUND), refund("ret_1", 4600),
                            restock("ret_1", BEANS, 1, false), restock("ret_1", BEANS, 1, true),
                            restock("ret_1", CUP, 1, false));
        }

        @Test
        void are_only_taken_to_stock_when_they_cost_nothing() {
            goesOn(fixture.givenCurrentTime(NOON).whenPublishingA(goodsReturned("ret_1", 0, good(CUP, 1))), RETURN)
                    .expectDispatchedCommands(waiting(Code.STOCK_RETURN),
                            restock("ret_1", CUP, 1, false));
            goesOn(givenAnew(goodsReturned("ret_1", 0, good(CUP, 1)))
                    .whenPublishingA(stockReturned("ret_1", CUP, 1, false)), RETURN)
                    .expectDispatchedCommands(close("ret_1"));
        }

        @Test
        void come_once() {
            changesNothing(given(ONE_CUP).whenPublishingA(ONE_CUP));
        }

        @Test
        void are_waited_for_one_by_one() {
            changesNothing(given(CUP_AND_BEANS, refundRequested("ret_1", 1, 4600), refunded("ret_1", 4600),
                    stockReturned("ret_1", CUP, 1, false)).whenPublishingA(stockReturned("ret_1", CUP, 1, false)));
        }

        @Test
        void are_waited_for_when_the_money_is_back() {
            goesOn(given(CUP_AND_BEANS, refundRequested("ret_1", 1, 4600), stockReturned("ret_1", CUP, 1, false),
                    stockReturned("ret_1", BEANS, 1, true)).whenPublishingA(refunded("ret_1", 4600)), RETURN)
                    .expectDispatchedCommands(waiting(Code.STOCK_RETURN));
        }

        @Test
        void close_the_return_when_they_come_last() {
            goesOn(given(ONE_CUP, refundRequested("ret_1", 1, 1000), refunded("ret_1", 1000))
                    .whenPublishingA(stockReturned("ret_1", CUP, 1, false)), RETURN)
                    .expectDispatchedCommands(close("ret_1"));
        }

        @Test
        void are_told_from_those_of_another_return() {
            changesNothing(given(ONE_CUP, refundRequested("ret_1", 1, 1000))
                    .whenPublishingA(stockReturned("ret_2", CUP, 1, false)));
        }
    }

    @Nested
    class Money_that_goes_back {

        @Test
        void closes_the_return_when_it_comes_last() {
            goesOn(given(ONE_CUP, refundRequested("ret_1", 1, 1000), stockReturned("ret_1", CUP, 1, false))
                    .whenPublishingA(refunded("ret_1", 1000)), RETURN).expectDispatchedCommands(close("ret_1"));
        }

        @Test
        void is_waited_for_until_it_is_taken() {
            changesNothing(given(ONE_CUP, stockReturned("ret_1", CUP, 1, false))
                    .whenPublishingA(refundPostponed("ret_1", 1000)));
        }

        @Test
        void is_seen_to_also_when_no_goods_came() {
            goesOn(fixture.givenCurrentTime(NOON).whenPublishingA(refundRequested("ref_1", 1, 1000)), RETURN)
                    .expectAssociationWith("orderId", ORDER)
                    .expectDispatchedCommands(waiting(Code.REFUND));
            set_up();
            goesOn(fixture.givenCurrentTime(NOON).whenPublishingA(refundPostponed("ref_1", 1000)), RETURN)
                    .expectDispatchedCommands(waiting(Code.REFUND));
            ends(givenAnew(refundPostponed("ref_1", 1000), refundRequested("ref_1", 1, 1000))
                    .whenPublishingA(refunded("ref_1", 1000)));
        }

        @Test
        void may_get_lost_between_us_and_the_gateway() {
            goesOn(given(refundRequested("ref_1", 1, 1000)).whenPublishingA(refundUncertain("ref_1", 1)), RETURN)
                    .expectDispatchedCommands(waiting(Code.REFUND_OUTCOME_UNKNOWN));
            goesOn(givenAnew(refundRequested("ref_1", 1, 1000), refundUncertain("ref_1", 1))
                    .whenPublishingA(refundPending("ref_1", 1)), RETURN)
                    .expectDispatchedCommands(waiting(Code.REFUND));
            ends(givenAnew(refundRequested("ref_1", 1, 1000), refundUncertain("ref_1", 1))
                    .whenPublishingA(refunded("ref_1", 1000)));
        }

        @Test
        void is_not_uncertain_because_something_else_is() {
            changesNothing(given(refundRequested("ref_1", 1, 1000)).whenPublishingA(Facts.uncertain()));
        }

        @Test
        void is_tried_again_by_the_payment_itself() {
            changesNothing(given(refundRequested("ref_1", 1, 1000)).whenPublishingA(refundFailed("ref_1", 1, false)));
            changesNothing(givenAnew(refundRequested("ref_1", 1, 1000), refundFailed("ref_1", 1, false))
                    .whenPublishingA(refundRequested("ref_1", 2, 1000)));
        }

        @Test
        void calls_staff_when_the_gateway_refuses_for_good() {
            goesOn(given(ONE_CUP, refundRequested("ret_1", 1, 1000), stockReturned("ret_1", CUP, 1, false))
                    .whenPublishingA(refundFailed("ret_1", 3, true)), RETURN)
                    .expectDispatchedCommands(waiting(Code.REFUND_FAILED, NOON, null));
        }

        @Test
        void is_not_asked_for_again_while_staff_decides() {
            goesOn(given(ONE_CUP, refundRequested("ret_1", 1, 1000), stockReturned("ret_1", CUP, 1, false),
                    refundFailed("ret_1", 3, true)).whenTimeElapses(RETURN), RETURN.multipliedBy(2)).expectNoDispatchedCommands();
        }

        @Test
        void is_awaited_again_when_staff_has_it_retried() {
            goesOn(given(ONE_CUP, refundRequested("ret_1", 1, 1000), stockReturned("ret_1", CUP, 1, false),
                    refundFailed("ret_1", 3, true)).whenPublishingA(refundRequested("ret_1", 1, 1000)), RETURN)
                    .expectDispatchedCommands(waiting(Code.REFUND));
        }

        @Test
        void closes_the_return_when_staff_settles_it_by_hand() {
            goesOn(given(ONE_CUP, refundRequested("ret_1", 1, 1000), stockReturned("ret_1", CUP, 1, false),
                    refundFailed("ret_1", 3, true)).whenPublishingA(refunded("ret_1", 1000)), RETURN)
                    .expectDispatchedCommands(close("ret_1"));
        }

        @Test
        void may_bounce_long_after_all_was_settled() {
            goesOn(given(ONE_CUP, refundRequested("ret_1", 1, 1000), stockReturned("ret_1", CUP, 1, false),
                    refunded("ret_1", 1000), returnClosed("ret_1")).whenPublishingA(refundFailed("ret_1", 1, true)),
                    RETURN).expectDispatchedCommands(waiting(Code.REFUND_FAILED, NOON, null));
            ends(givenAnew(refundFailed("ret_1", 1, true), refundRequested("ret_1", 1, 1000))
                    .whenPublishingA(refunded("ret_1", 1000)));
        }
    }

    @Nested
    class The_end {

        @Test
        void comes_when_the_last_return_is_closed() {
            ends(given(ONE_CUP, refundRequested("ret_1", 1, 1000), refunded("ret_1", 1000),
                    stockReturned("ret_1", CUP, 1, false)).whenPublishingA(returnClosed("ret_1")));
        }

        @Test
        void waits_for_the_other_returns() {
            changesNothing(given(ONE_CUP, goodsReturned("ret_2", 1800, good(BEANS, 1)),
                    refundRequested("ret_1", 1, 1000), refundRequested("ret_2", 1, 1800), refunded("ret_1", 1000),
                    stockReturned("ret_1", CUP, 1, false)).whenPublishingA(returnClosed("ret_1")));
        }

        @Test
        void waits_for_the_other_refunds() {
            changesNothing(given(ONE_CUP, refundRequested("ref_2", 1, 500), refundRequested("ret_1", 1, 1000),
                    refunded("ret_1", 1000), stockReturned("ret_1", CUP, 1, false))
                    .whenPublishingA(returnClosed("ret_1")));
        }

        @Test
        void comes_when_staff_closes_by_hand_what_is_stuck() throws Exception {
            refuse(RefundPayment.class);
            ends(given(ONE_CUP, stockReturned("ret_1", CUP, 1, false)).andThenTimeElapses(RETURN)
                    .whenPublishingA(returnClosed("ret_1")));
        }
    }

    @Nested
    class A_deadline_that_passes {

        @Test
        void asks_again_for_what_is_not_a_fact_with_growing_patience() {
            goesOn(given(CUP_AND_BEANS, stockReturned("ret_1", BEANS, 1, false)).whenTimeElapses(RETURN),
                    RETURN.multipliedBy(2))
                    .expectDispatchedCommands(
                            waiting(Code.REFUND, NOON, NOON.plus(RETURN.multipliedBy(3))),
                            refund("ret_1", 4600), restock("ret_1", BEANS, 1, true),
                            restock("ret_1", CUP, 1, false));
        }

        @Test
        void asks_again_for_the_last_word() {
            goesOn(given(ONE_CUP, refundRequested("ret_1", 1, 1000), refunded("ret_1", 1000),
                    stockReturned("ret_1", CUP, 1, false)).whenTimeElapses(RETURN), RETURN.multipliedBy(2))
                    .expectDispatchedCommands(close("ret_1"));
        }

        @Test
        void says_until_when_it_is_waited_from_now_on() {
            goesOn(given(ONE_CUP, refundRequested("ret_1", 1, 1000), stockReturned("ret_1", CUP, 1, false))
                    .whenTimeElapses(RETURN), RETURN.multipliedBy(2)).expectDispatchedCommands(
                            waiting(Code.REFUND, NOON, NOON.plus(RETURN.multipliedBy(3))));
        }

        @Test
        void is_as_patient_as_at_first_once_something_else_is_awaited() throws Exception {
            var later = NOON.plus(RETURN);
            goesOn(given(refundRequested("ref_1", 1, 1000)).andThenTimeElapses(RETURN)
                    .whenPublishingA(refundUncertain("ref_1", 1)), RETURN).expectDispatchedCommands(
                            waiting(Code.REFUND_OUTCOME_UNKNOWN, later, later.plus(RETURN)));
        }
    }

    @Nested
    class Failing_commands {

        @Test
        void end_the_step_when_the_trouble_passes_so_that_the_event_is_kept() {
            fixture.setCallbackBehavior((command, metaData) -> {
                if (command instanceof ReturnStock) {
                    throw new ConcurrencyException("somebody else was faster");
                }
                return null;
            });
            assertThatThrownBy(() -> fixture.givenCurrentTime(NOON).andThenAPublished(ONE_CUP))
                    .hasRootCauseInstanceOf(ConcurrencyException.class);
        }

        @Test
        void call_staff_when_the_trouble_lasts_and_are_all_tried() {
            refuse(ReturnStock.class);
            goesOn(fixture.givenCurrentTime(NOON)
                    .whenPublishingA(goodsReturned("ret_1", 1000, good(CUP, 1), good(BEANS, 1))), RETURN)
                    .expectDispatchedCommands(waiting(Code.REFUND), refund("ret_1", 1000),
                            restock("ret_1", BEANS, 1, false), restock("ret_1", CUP, 1, false),
                            waiting(Code.STEP_FAILED));
        }

        @Test
        void are_tried_again_at_every_deadline_and_forgotten_when_they_succeed() {
            refuse(ReturnStock.class);
            var stuck = given(ONE_CUP, refundRequested("ret_1", 1, 1000));
            fixture.setCallbackBehavior((command, metaData) -> null);
            var later = NOON.plus(RETURN);

            goesOn(stuck.whenTimeElapses(RETURN), RETURN).expectDispatchedCommands(
                    waiting(Code.STEP_FAILED, NOON, NOON.plus(RETURN.multipliedBy(3))),
                    restock("ret_1", CUP, 1, false),
                    waiting(Code.REFUND, later, later.plus(RETURN)));
        }

        @Test
        void call_staff_at_once_when_not_so_much_is_left_to_pay_back() {
            refuse(RefundPayment.class);
            goesOn(fixture.givenCurrentTime(NOON).whenPublishingA(ONE_CUP), RETURN)
                    .expectDispatchedCommands(waiting(Code.REFUND), refund("ret_1", 1000),
                            restock("ret_1", CUP, 1, false), waiting(Code.STEP_FAILED));
        }

        @Test
        void are_not_repeated_by_money_that_is_taken_for_something_else() {
            refuse(RefundPayment.class);
            changesNothing(given(ONE_CUP).whenPublishingA(captured("shp_all", 4600)));
        }
    }

    private void refuse(Class<?> type) {
        fixture.setCallbackBehavior((command, metaData) -> {
            if (type.isInstance(command)) {
                throw new Refusal(Refusal.Kind.CONFLICT, "exceeds_captured", "Not so much was taken.");
            }
            return null;
        });
    }
}
