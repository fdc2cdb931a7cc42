package io.orderflow.fulfillment;

import static io.orderflow.fulfillment.Facts.BEANS;
import static io.orderflow.fulfillment.Facts.CUP;
import static io.orderflow.fulfillment.Facts.DISPATCH;
import static io.orderflow.fulfillment.Facts.NOON;
import static io.orderflow.fulfillment.Facts.ORDER;
import static io.orderflow.fulfillment.Facts.PAYING;
import static io.orderflow.fulfillment.Facts.PAYMENT;
import static io.orderflow.fulfillment.Facts.RESERVATION;
import static io.orderflow.fulfillment.Facts.RETURN;
import static io.orderflow.fulfillment.Facts.SHIPPING;
import static io.orderflow.fulfillment.Facts.UNDO;
import static io.orderflow.fulfillment.Facts.authorized;
import static io.orderflow.fulfillment.Facts.cancel;
import static io.orderflow.fulfillment.Facts.cancellation;
import static io.orderflow.fulfillment.Facts.cancelled;
import static io.orderflow.fulfillment.Facts.capture;
import static io.orderflow.fulfillment.Facts.captureFailed;
import static io.orderflow.fulfillment.Facts.captureUncertain;
import static io.orderflow.fulfillment.Facts.captured;
import static io.orderflow.fulfillment.Facts.complete;
import static io.orderflow.fulfillment.Facts.completed;
import static io.orderflow.fulfillment.Facts.confirm;
import static io.orderflow.fulfillment.Facts.declined;
import static io.orderflow.fulfillment.Facts.dispatched;
import static io.orderflow.fulfillment.Facts.dispatchedAll;
import static io.orderflow.fulfillment.Facts.euro;
import static io.orderflow.fulfillment.Facts.line;
import static io.orderflow.fulfillment.Facts.actionRequired;
import static io.orderflow.fulfillment.Facts.authorizedUntil;
import static io.orderflow.fulfillment.Facts.pending;
import static io.orderflow.fulfillment.Facts.placed;
import static io.orderflow.fulfillment.Facts.refused;
import static io.orderflow.fulfillment.Facts.reject;
import static io.orderflow.fulfillment.Facts.rejected;
import static io.orderflow.fulfillment.Facts.release;
import static io.orderflow.fulfillment.Facts.released;
import static io.orderflow.fulfillment.Facts.requestPayment;
import static io.orderflow.fulfillment.Facts.reserve;
import static io.orderflow.fulfillment.Facts.reserved;
import static io.orderflow.fulfillment.Facts.reversalFailed;
import static io.orderflow.fulfillment.Facts.reverse;
import static io.orderflow.fulfillment.Facts.reverseLater;
import static io.orderflow.fulfillment.Facts.reversed;
import static io.orderflow.fulfillment.Facts.ship;
import static io.orderflow.fulfillment.Facts.shipped;
import static io.orderflow.fulfillment.Facts.uncertain;
import static io.orderflow.fulfillment.Facts.waiting;
import static io.orderflow.fulfillment.Deadline.DISPATCH_OVERDUE;
import static io.orderflow.fulfillment.Deadline.PAYMENT_OVERDUE;
import static io.orderflow.fulfillment.Deadline.RESERVATION_OVERDUE;
import static io.orderflow.fulfillment.Deadline.SHIPPING_OVERDUE;
import static io.orderflow.fulfillment.Deadline.UNDO_OVERDUE;
import static io.orderflow.fulfillment.StoredSagas.requireDue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.springframework.test.util.ReflectionTestUtils.setField;

import io.orderflow.inventory.command.ReleaseStock;
import io.orderflow.inventory.command.ReserveStock;
import io.orderflow.order.command.ExpireOrder;
import io.orderflow.order.command.ReportWait;
import io.orderflow.payment.command.CapturePayment;
import io.orderflow.payment.command.ReversePayment;
import io.orderflow.payment.event.PaymentActionRequired;
import io.orderflow.shared.OrderFact;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.test.saga.ContinuedGivenState;
import org.axonframework.test.saga.FixtureExecutionResult;
import org.axonframework.test.saga.SagaTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OrderFulfillmentTest {

    private SagaTestFixture<OrderFulfillment> fixture;

    @BeforeEach
    void set_up() {
        fixture = new SagaTestFixture<>(OrderFulfillment.class);
        fixture.registerListenerInvocationErrorHandler(PropagatingErrorHandler.instance());
        InstantSource time = fixture::currentTime;
        fixture.registerResource(new FulfillmentDeadlines(time.withZone(ZoneOffset.UTC),
                new FulfillmentProperties(RESERVATION, PAYING, PAYING.multipliedBy(2), DISPATCH, SHIPPING, UNDO,
                        RETURN)));
    }

    private ContinuedGivenState given(OrderFact... facts) {
        var state = fixture.givenCurrentTime(NOON).andThenAPublished(facts[0]);
        for (int fact = 1; fact < facts.length; fact++) {
            state = state.andThenAPublished(facts[fact]);
        }
        return state;
    }

    private FixtureExecutionResult goesOnWaiting(FixtureExecutionResult result, Deadline deadline, Duration left) {
        var saga = requireDue(fixture, OrderFulfillment.class, left);
        assertThat(Phase.valueOf(saga.phase()).deadline).isEqualTo(deadline);
        return result.expectSuccessfulHandlerExecution().expectActiveSagas(1);
    }

    private void changesNothing(FixtureExecutionResult result, Deadline deadline, Duration left) {
        goesOnWaiting(result, deadline, left).expectNoDispatchedCommands();
    }

    @Nested
    class Reserving {

        @Test
        void asks_for_the_stock_of_every_line_in_the_order_of_skus() {
            goesOnWaiting(fixture.givenCurrentTime(NOON).whenPublishingA(placed()), RESERVATION_OVERDUE, RESERVATION)
                    .expectAssociationWith("orderId", ORDER)
                    .expectDispatchedCommands(reserve(BEANS), reserve(CUP));
        }

        @Test
        void ignores_an_order_placed_twice() {
            changesNothing(given(placed()).whenPublishingA(placed()), RESERVATION_OVERDUE, RESERVATION);
        }

        @Test
        void waits_for_the_last_line() {
            changesNothing(given(placed()).whenPublishingA(reserved(CUP)), RESERVATION_OVERDUE, RESERVATION);
        }

        @Test
        void does_not_take_one_line_twice_for_two() {
            changesNothing(given(placed(), reserved(CUP)).whenPublishingA(reserved(CUP)), RESERVATION_OVERDUE,
                    RESERVATION);
        }

        @Test
        void asks_for_the_money_once_all_is_held() {
            goesOnWaiting(given(placed(), reserved(CUP)).whenPublishingA(reserved(BEANS)), PAYMENT_OVERDUE, PAYING)
                    .expectDispatchedCommands(requestPayment());
        }

        @Test
        void gives_back_the_other_lines_when_one_is_refused() {
            goesOnWaiting(given(placed(), reserved(CUP)).whenPublishingA(refused(BEANS)), UNDO_OVERDUE, UNDO)
                    .expectDispatchedCommands(release(CUP));
        }

        @Test
        void gives_back_lines_that_have_not_been_answered_yet() {
            goesOnWaiting(given(placed()).whenPublishingA(refused(CUP)), UNDO_OVERDUE, UNDO)
                    .expectDispatchedCommands(release(BEANS));
        }

        @Test
        void rejects_once_every_line_is_refused() {
            goesOnWaiting(given(placed(), refused(BEANS)).whenPublishingA(refused(CUP)), UNDO_OVERDUE, UNDO)
                    .expectNoDispatchedCommands();
            goesOnWaiting(fixtureOf(placed(), refused(BEANS), refused(CUP)).whenPublishingA(released(CUP)),
                    UNDO_OVERDUE, UNDO)
                    .expectDispatchedCommands(reject("out_of_stock", "2 of BEANS were asked for, 0 could be had."));
        }

        @Test
        void gives_up_when_stock_is_not_answered_in_time() {
            goesOnWaiting(given(placed(), reserved(CUP)).whenTimeElapses(RESERVATION), UNDO_OVERDUE, UNDO)
                    .expectDispatchedCommands(release(BEANS), release(CUP));
        }

        @Test
        void can_be_cancelled() {
            goesOnWaiting(given(placed(), reserved(CUP)).whenPublishingA(cancellation()), UNDO_OVERDUE, UNDO)
                    .expectDispatchedCommands(release(BEANS),
                            release(CUP));
        }
    }

    @Nested
    class Paying {

        private ContinuedGivenState paying() {
            return given(placed(), reserved(CUP), reserved(BEANS));
        }

        @Test
        void confirms_once_the_money_is_authorized() {
            goesOnWaiting(paying().whenPublishingA(authorized()), DISPATCH_OVERDUE, DISPATCH)
                    .expectDispatchedCommands(confirm());
        }

        @Test
        void leaves_it_to_the_payment_to_state_that_the_outcome_is_unknown() {
            changesNothing(paying().whenPublishingA(uncertain()), PAYMENT_OVERDUE, PAYING);
            assertThat(saga(PAYING).waitingOn()).isEqualTo(new WaitingOn(Code.PAYMENT_OUTCOME_UNKNOWN, NOON,
                    NOON.plus(PAYING)));
        }

        @Test
        void releases_the_stock_when_the_payment_is_declined() {
            goesOnWaiting(paying().whenPublishingA(declined()), UNDO_OVERDUE, UNDO)
                    .expectDispatchedCommands(release(BEANS),
                            release(CUP));
        }

        @Test
        void calls_a_gateway_overdue_that_says_nothing_and_waits_on() {
            goesOnWaiting(paying().whenTimeElapses(PAYING), PAYMENT_OVERDUE, PAYING)
                    .expectDispatchedCommands(waitingLater(Code.PAYMENT_OVERDUE, PAYING, PAYING));
        }

        @Test
        void reverses_the_payment_first_when_patience_with_the_gateway_is_over() throws Exception {
            goesOnWaiting(paying().andThenTimeElapses(PAYING).whenTimeElapses(PAYING), UNDO_OVERDUE, UNDO)
                    .expectDispatchedCommands(reverseLater(PAYING.multipliedBy(2)));
        }

        @Test
        void gives_the_customer_the_full_time_to_act() throws Exception {
            changesNothing(paying().andThenTimeElapses(PAYING.dividedBy(2)).whenPublishingA(actionRequired()),
                    PAYMENT_OVERDUE, PAYING);
            Instant asked = NOON.plus(PAYING.dividedBy(2));
            assertThat(saga(PAYING).waitingOn()).isEqualTo(new WaitingOn(Code.PAYMENT_ACTION, asked,
                    asked.plus(PAYING)));
        }

        @Test
        void tells_the_customer_the_time_that_is_really_left() {
            var lagging = new PaymentActionRequired(Facts.PAYMENT, ORDER, "authorize-1", "auth_1",
                    actionRequired().nextAction(), PAYING.plusHours(8));

            goesOnWaiting(paying().whenPublishingA(lagging), PAYMENT_OVERDUE, PAYING).expectDispatchedCommands(
                    new ReportWait(ORDER, new WaitingOn(Code.PAYMENT_ACTION, NOON, NOON.plus(PAYING))));
        }

        @Test
        void does_not_give_more_time_to_a_customer_who_is_told_twice() throws Exception {
            changesNothing(given(placed(), reserved(CUP), reserved(BEANS), actionRequired())
                    .andThenTimeElapses(PAYING.dividedBy(2)).whenPublishingA(actionRequired()), PAYMENT_OVERDUE,
                    PAYING.dividedBy(2));
        }

        @Test
        void reverses_the_payment_first_when_the_customer_does_not_act() {
            goesOnWaiting(given(placed(), reserved(CUP), reserved(BEANS), actionRequired()).whenTimeElapses(PAYING),
                    UNDO_OVERDUE, UNDO)
                    .expectDispatchedCommands(reverseLater(PAYING));
        }

        @Test
        void waits_for_a_gateway_that_decides_later() {
            changesNothing(paying().whenPublishingA(pending()), PAYMENT_OVERDUE, PAYING);
            assertThat(saga(PAYING).waitingOn().code()).isEqualTo(Code.PAYMENT_PENDING);
        }

        @Test
        void waits_for_the_gateway_again_once_the_customer_has_acted() throws Exception {
            goesOnWaiting(given(placed(), reserved(CUP), reserved(BEANS), actionRequired(), pending())
                    .whenTimeElapses(PAYING), PAYMENT_OVERDUE, PAYING)
                    .expectDispatchedCommands(waitingLater(Code.PAYMENT_OVERDUE, PAYING, PAYING));
        }

        @Test
        void reverses_the_payment_first_when_it_is_cancelled() {
            goesOnWaiting(paying().whenPublishingA(cancellation()), UNDO_OVERDUE, UNDO)
                    .expectDispatchedCommands(reverse());
        }

        @Test
        void ignores_stock_facts_that_come_twice() {
            changesNothing(paying().whenPublishingA(reserved(BEANS)), PAYMENT_OVERDUE, PAYING);
        }
    }

    @Nested
    class Confirmed {

        private ContinuedGivenState confirmed() {
            return given(placed(), reserved(CUP), reserved(BEANS), authorized());
        }

        @Test
        void raises_a_flag_and_cancels_nothing_when_dispatch_is_overdue() {
            goesOnWaiting(confirmed().whenTimeElapses(DISPATCH), DISPATCH_OVERDUE, DISPATCH)
                    .expectDispatchedCommands(waitingLater(Code.DISPATCH_OVERDUE, DISPATCH, DISPATCH));
        }

        @Test
        void ignores_an_authorization_that_comes_twice() {
            changesNothing(confirmed().whenPublishingA(authorized()), DISPATCH_OVERDUE, DISPATCH);
        }

        @Test
        void undoes_in_reverse_order_when_cancelled() {
            goesOnWaiting(confirmed().whenPublishingA(cancellation()), UNDO_OVERDUE, UNDO)
                    .expectDispatchedCommands(reverse());
        }

        @Test
        void captures_and_ships_what_was_dispatched() {
            goesOnWaiting(confirmed().whenPublishingA(dispatchedAll()), SHIPPING_OVERDUE, SHIPPING)
                    .expectDispatchedCommands(capture("shp_all", 4600), ship("shp_all", BEANS, 2), ship("shp_all", CUP, 1));
        }

        @Test
        void ignores_a_dispatch_that_comes_twice() {
            changesNothing(given(placed(), reserved(CUP), reserved(BEANS), authorized(), dispatchedAll())
                    .whenPublishingA(dispatchedAll()), SHIPPING_OVERDUE, SHIPPING);
        }

        @Test
        void gives_the_order_up_when_what_was_set_aside_expires_before_dispatch() {
            goesOnWaiting(given(placed(), reserved(CUP), reserved(BEANS), authorizedUntil(NOON.plus(DISPATCH)))
                    .whenTimeElapses(DISPATCH), DISPATCH_OVERDUE, DISPATCH)
                    .expectDispatchedCommands(
                            waitingLater(Code.AUTHORIZATION_EXPIRED, DISPATCH, DISPATCH),
                            new ExpireOrder(ORDER, NOON.plus(DISPATCH)));
        }

        @Test
        void reminds_staff_of_the_dispatch_before_that() throws Exception {
            Duration capture = DISPATCH.plus(DISPATCH.dividedBy(2));
            goesOnWaiting(given(placed(), reserved(CUP), reserved(BEANS), authorizedUntil(NOON.plus(capture)))
                    .whenTimeElapses(DISPATCH), DISPATCH_OVERDUE, DISPATCH.dividedBy(2))
                    .expectDispatchedCommands(new ReportWait(ORDER, new WaitingOn(Code.DISPATCH_OVERDUE,
                            NOON.plus(DISPATCH), NOON.plus(capture))));
        }

        @Test
        void tells_staff_to_dispatch_the_rest_before_the_authorization_expires() {
            Duration capture = DISPATCH.dividedBy(2);
            goesOnWaiting(given(placed(), reserved(CUP), reserved(BEANS), authorizedUntil(NOON.plus(capture)))
                    .whenPublishingA(dispatched("shp_1", false, euro(1000), line(CUP, 1))), DISPATCH_OVERDUE, capture)
                    .expectDispatchedCommands(
                            new ReportWait(ORDER, new WaitingOn(Code.DISPATCH, NOON, NOON.plus(capture))),
                            capture("shp_1", 1000), ship("shp_1", CUP, 1));
        }

        @Test
        void cannot_give_up_what_is_partly_under_way_and_calls_staff() {
            goesOnWaiting(given(placed(), reserved(CUP), reserved(BEANS), authorizedUntil(NOON.plus(DISPATCH)),
                    dispatched("shp_1", false, euro(1000), line(CUP, 1))).whenTimeElapses(DISPATCH),
                    DISPATCH_OVERDUE, DISPATCH)
                    .expectDispatchedCommands(
                            waitingLater(Code.AUTHORIZATION_EXPIRED, DISPATCH, DISPATCH));
        }

        @Test
        void does_not_wait_for_the_gateway_while_staff_has_to_dispatch_the_rest() {
            changesNothing(given(placed(), reserved(CUP), reserved(BEANS), authorized(),
                    dispatched("shp_1", false, euro(1000), line(CUP, 1))).whenPublishingA(captureUncertain()),
                    DISPATCH_OVERDUE, DISPATCH);
        }

        @Test
        void keeps_waiting_for_staff_after_a_part_was_dispatched() {
            goesOnWaiting(confirmed().whenPublishingA(dispatched("shp_1", false, euro(1000), line(CUP, 1))),
                    DISPATCH_OVERDUE, DISPATCH)
                    .expectDispatchedCommands(capture("shp_1", 1000), ship("shp_1", CUP, 1));
        }
    }

    @Nested
    class Shipping {

        private ContinuedGivenState shipping(OrderFact... later) {
            var state = given(placed(), reserved(CUP), reserved(BEANS), authorized(), dispatchedAll());
            for (OrderFact fact : later) {
                state = state.andThenAPublished(fact);
            }
            return state;
        }

        @Test
        void waits_for_every_unit_and_the_money() {
            changesNothing(shipping(captured("shp_all", 4600)).whenPublishingA(shipped("shp_all", CUP, 1)),
                    SHIPPING_OVERDUE, SHIPPING);
        }

        @Test
        void completes_the_order_when_all_is_shipped_and_captured() {
            goesOnWaiting(shipping(shipped("shp_all", CUP, 1), shipped("shp_all", BEANS, 2))
                    .whenPublishingA(captured("shp_all", 4600)), UNDO_OVERDUE, UNDO)
                    .expectDispatchedCommands(complete());
        }

        @Test
        void completes_the_order_when_the_goods_leave_last() {
            goesOnWaiting(shipping(captured("shp_all", 4600), shipped("shp_all", CUP, 1))
                    .whenPublishingA(shipped("shp_all", BEANS, 2)), UNDO_OVERDUE, UNDO)
                    .expectDispatchedCommands(complete());
        }

        @Test
        void completes_an_order_dispatched_in_two_parts() {
            goesOnWaiting(given(placed(), reserved(CUP), reserved(BEANS), authorized(),
                    dispatched("shp_1", false, euro(1000), line(CUP, 1)), shipped("shp_1", CUP, 1),
                    captured("shp_1", 1000), dispatched("shp_2", true, euro(3600), line(BEANS, 2)),
                    captured("shp_2", 3600)).whenPublishingA(shipped("shp_2", BEANS, 2)), UNDO_OVERDUE, UNDO)
                    .expectDispatchedCommands(complete());
        }

        @Test
        void ends_when_the_order_says_it_is_complete() {
            shipping(captured("shp_all", 4600), shipped("shp_all", CUP, 1), shipped("shp_all", BEANS, 2))
                    .whenPublishingA(completed()).expectSuccessfulHandlerExecution()
                    .expectActiveSagas(0).expectNoScheduledDeadlines().expectNoDispatchedCommands();
        }

        @Test
        void calls_staff_when_the_money_cannot_be_taken() {
            goesOnWaiting(shipping().whenPublishingA(captureFailed("shp_all")), SHIPPING_OVERDUE, SHIPPING)
                    .expectDispatchedCommands(waiting(Code.PAYMENT_CAPTURE_FAILED, SHIPPING));
        }

        @Test
        void goes_on_once_staff_has_settled_the_money() {
            goesOnWaiting(shipping(captureFailed("shp_all")).whenPublishingA(captured("shp_all", 4600)),
                    SHIPPING_OVERDUE, SHIPPING)
                    .expectDispatchedCommands(waiting(Code.PAYMENT_CAPTURE, SHIPPING));
        }

        @Test
        void waits_for_staff_as_long_as_the_money_of_any_shipment_is_missing() {
            changesNothing(given(placed(), reserved(CUP), reserved(BEANS), authorized(),
                    dispatched("shp_1", false, euro(1000), line(CUP, 1)),
                    dispatched("shp_2", true, euro(3600), line(BEANS, 2)), captureFailed("shp_1"))
                    .whenPublishingA(captured("shp_2", 3600)), SHIPPING_OVERDUE, SHIPPING);
        }

        @Test
        void waits_for_staff_also_when_the_rest_is_dispatched_after_the_money_of_a_part_could_not_be_taken() {
            goesOnWaiting(given(placed(), reserved(CUP), reserved(BEANS), authorized(),
                    dispatched("shp_1", false, euro(1000), line(CUP, 1)), captureFailed("shp_1"))
                    .whenPublishingA(dispatched("shp_2", true, euro(3600), line(BEANS, 2))), SHIPPING_OVERDUE, SHIPPING)
                    .expectDispatchedCommands(waiting(Code.PAYMENT_CAPTURE_FAILED, SHIPPING),
                            capture("shp_2", 3600), ship("shp_2", BEANS, 2));
        }

        @Test
        void waits_for_staff_also_while_the_money_of_another_shipment_is_in_doubt() {
            changesNothing(given(placed(), reserved(CUP), reserved(BEANS), authorized(),
                    dispatched("shp_1", false, euro(1000), line(CUP, 1)),
                    dispatched("shp_2", true, euro(3600), line(BEANS, 2)), captureFailed("shp_1"))
                    .whenPublishingA(captureUncertain()), SHIPPING_OVERDUE, SHIPPING);
        }

        @Test
        void waits_for_staff_as_long_as_a_step_of_any_shipment_has_failed() {
            fixture.setCallbackBehavior((command, metaData) -> {
                if (command instanceof CapturePayment capture && capture.shipmentId().equals("shp_1")) {
                    throw new IllegalStateException("Not so much is set aside.");
                }
                return null;
            });
            changesNothing(given(placed(), reserved(CUP), reserved(BEANS), authorized(),
                    dispatched("shp_2", false, euro(3600), line(BEANS, 2)),
                    dispatched("shp_1", true, euro(1000), line(CUP, 1)))
                    .whenPublishingA(captured("shp_2", 3600)), SHIPPING_OVERDUE, SHIPPING);
        }

        @Test
        void asks_again_when_it_takes_too_long() {
            goesOnWaiting(shipping(captured("shp_all", 4600)).whenTimeElapses(SHIPPING), SHIPPING_OVERDUE,
                    SHIPPING.multipliedBy(2))
                    .expectDispatchedCommands(new ReportWait(ORDER, new WaitingOn(
                            Code.PAYMENT_CAPTURE, NOON, NOON.plus(SHIPPING.multipliedBy(3)))),
                            ship("shp_all", BEANS, 2), ship("shp_all", CUP, 1));
        }

        @Test
        void cannot_be_cancelled_any_more() {
            changesNothing(shipping().whenPublishingA(cancellation()), SHIPPING_OVERDUE, SHIPPING);
        }
    }

    @Nested
    class Undoing {

        private ContinuedGivenState cancelledAfterAuthorization(OrderFact... later) {
            var state = given(placed(), reserved(CUP), reserved(BEANS), authorized(), cancellation());
            for (OrderFact fact : later) {
                state = state.andThenAPublished(fact);
            }
            return state;
        }

        @Test
        void releases_the_stock_after_the_money_is_back() {
            goesOnWaiting(cancelledAfterAuthorization().whenPublishingA(reversed()), UNDO_OVERDUE, UNDO)
                    .expectDispatchedCommands(release(BEANS),
                            release(CUP));
        }

        @Test
        void waits_until_every_line_is_released() {
            changesNothing(cancelledAfterAuthorization(reversed()).whenPublishingA(released(CUP)), UNDO_OVERDUE,
                    UNDO);
        }

        @Test
        void cancels_the_order_once_everything_is_undone() {
            goesOnWaiting(cancelledAfterAuthorization(reversed(), released(CUP)).whenPublishingA(released(BEANS)),
                    UNDO_OVERDUE, UNDO).expectDispatchedCommands(cancel());
        }

        @Test
        void ends_when_the_order_says_it_is_cancelled() {
            cancelledAfterAuthorization(reversed(), released(CUP), released(BEANS)).whenPublishingA(cancelled())
                    .expectSuccessfulHandlerExecution().expectActiveSagas(0).expectNoScheduledDeadlines()
                    .expectNoDispatchedCommands();
        }

        @Test
        void ends_when_the_order_says_it_is_rejected() {
            given(placed(), refused(CUP), released(BEANS)).whenPublishingA(rejected())
                    .expectSuccessfulHandlerExecution().expectActiveSagas(0).expectNoScheduledDeadlines()
                    .expectNoDispatchedCommands();
        }

        @Test
        void ignores_an_authorization_that_comes_too_late() {
            changesNothing(given(placed(), reserved(CUP), reserved(BEANS), cancellation())
                    .whenPublishingA(authorized()), UNDO_OVERDUE, UNDO);
        }

        @Test
        void takes_a_late_decline_for_a_reversal() {
            goesOnWaiting(given(placed(), reserved(CUP), reserved(BEANS), cancellation())
                    .whenPublishingA(declined()), UNDO_OVERDUE, UNDO)
                    .expectDispatchedCommands(release(BEANS),
                            release(CUP));
        }

        @Test
        void ignores_a_reversal_that_comes_twice() {
            changesNothing(cancelledAfterAuthorization(reversed()).whenPublishingA(reversed()), UNDO_OVERDUE, UNDO);
        }

        @Test
        void keeps_the_reason_of_the_rejection_when_the_customer_cancels_meanwhile() {
            changesNothing(given(placed(), reserved(CUP), refused(BEANS)).whenPublishingA(cancellation()),
                    UNDO_OVERDUE, UNDO);
            goesOnWaiting(fixtureOf(placed(), reserved(CUP), refused(BEANS), cancellation())
                    .whenPublishingA(released(CUP)), UNDO_OVERDUE, UNDO)
                    .expectDispatchedCommands(reject("out_of_stock", "2 of BEANS were asked for, 0 could be had."));
        }

        @Test
        void gives_back_once_more_what_was_held_after_it_was_given_back() {
            goesOnWaiting(given(placed(), refused(CUP), released(BEANS)).whenPublishingA(reserved(BEANS)),
                    UNDO_OVERDUE, UNDO).expectDispatchedCommands(release(BEANS));
        }

        @Test
        void calls_staff_when_the_money_cannot_be_given_back() {
            changesNothing(cancelledAfterAuthorization().whenPublishingA(reversalFailed()), UNDO_OVERDUE, UNDO);
            assertThat(saga(UNDO).waitingOn().code()).isEqualTo(Code.PAYMENT_REVERSAL_FAILED);
        }

        @Test
        void asks_again_with_growing_patience() {
            var reversal = new WaitingOn(Code.PAYMENT_REVERSAL, NOON, NOON.plus(UNDO.multipliedBy(3)));
            goesOnWaiting(cancelledAfterAuthorization().whenTimeElapses(UNDO), UNDO_OVERDUE, UNDO.multipliedBy(2))
                    .expectDispatchedCommands(new ReportWait(ORDER, reversal), new ReversePayment(PAYMENT, reversal));
            goesOnWaiting(fixtureOf(placed(), reserved(CUP), refused(BEANS)).whenTimeElapses(UNDO), UNDO_OVERDUE,
                    UNDO.multipliedBy(2)).expectDispatchedCommands(
                            waiting(Code.STOCK_RELEASE, UNDO.multipliedBy(3)), release(CUP));
        }

        @Test
        void calls_staff_after_asking_in_vain_five_times_and_goes_on_asking() throws Exception {
            var state = cancelledAfterAuthorization();
            Duration passed = Duration.ZERO;
            for (int attempt = 0; attempt < 4; attempt++) {
                state = state.andThenTimeElapses(UNDO.multipliedBy(1 << attempt));
                passed = passed.plus(UNDO.multipliedBy(1 << attempt));
            }
            Duration fifth = UNDO.multipliedBy(16);
            goesOnWaiting(state.whenTimeElapses(fifth), UNDO_OVERDUE, UNDO.multipliedBy(32))
                    .expectDispatchedCommands(waitingLater(Code.UNDO_STUCK, passed.plus(fifth), UNDO.multipliedBy(32)),
                            new ReversePayment(PAYMENT, new WaitingOn(Code.PAYMENT_REVERSAL, NOON.plus(passed).plus(fifth),
                                    NOON.plus(passed).plus(fifth).plus(UNDO.multipliedBy(32)))));
        }
    }

    @Nested
    class Deadlines {

        @Test
        void leave_what_is_scheduled_for_an_earlier_time() {
            given(placed(), reserved(CUP)).whenPublishingA(reserved(BEANS))
                    .expectScheduledDeadlineWithName(RESERVATION, SagaDeadline.NAME);
        }

        @Test
        void are_scheduled_anew_for_the_rest_when_what_is_scheduled_fires_too_early() {
            changesNothing(given(placed(), reserved(CUP), reserved(BEANS)).whenTimeElapses(RESERVATION), PAYMENT_OVERDUE,
                    PAYING.minus(RESERVATION));
        }

        @Test
        void replace_what_is_scheduled_for_a_later_time() throws Exception {
            given(placed(), reserved(CUP), reserved(BEANS), authorized()).andThenTimeElapses(RESERVATION)
                    .whenPublishingA(dispatchedAll())
                    .expectScheduledDeadlineWithName(SHIPPING, SagaDeadline.NAME)
                    .expectNoScheduledDeadlineWithName(DISPATCH.minus(RESERVATION), SagaDeadline.NAME);
        }
    }

    @Nested
    class Failing_commands {

        @Test
        void end_the_step_when_the_trouble_passes_so_that_the_event_is_kept() {
            fixture.setCallbackBehavior((command, metaData) -> {
                if (command instanceof ReserveStock) {
                    throw new ConcurrencyException("somebody else was faster");
                }
                return null;
            });
            assertThatThrownBy(() -> fixture.givenCurrentTime(NOON).andThenAPublished(placed()))
                    .hasRootCauseInstanceOf(ConcurrencyException.class);
        }

        @Test
        void call_staff_when_the_trouble_lasts() {
            fixture.setCallbackBehavior((command, metaData) -> {
                if (command instanceof ReleaseStock) {
                    throw new IllegalStateException("a bug");
                }
                return null;
            });
            goesOnWaiting(given(placed(), reserved(CUP)).whenPublishingA(refused(BEANS)), UNDO_OVERDUE, UNDO)
                    .expectDispatchedCommands(release(CUP), waiting(Code.STEP_FAILED, UNDO));
        }
    }

    @Nested
    class A_parked_event {

        private final CommandGateway commands = mock(CommandGateway.class);
        private final OrderFulfillment saga = new OrderFulfillment();

        @Test
        void calls_staff_until_it_is_handled_and_its_wait_is_reported() {
            setField(saga, "commands", commands);
            setField(saga, "deadlines", mock(DeadlineManager.class));
            setField(saga, "durations", new FulfillmentDeadlines(Clock.fixed(NOON.plusSeconds(60), ZoneOffset.UTC),
                    new FulfillmentProperties(RESERVATION, PAYING, PAYING, DISPATCH, SHIPPING, UNDO, RETURN)));
            saga.on(placed(), NOON);
            saga.on(reserved(CUP), NOON);
            saga.on(reserved(BEANS), NOON);

            saga.reportParked(ORDER);
            saga.on(pending(), NOON.plusSeconds(30));

            verify(commands).sendAndWait(new ReportWait(ORDER, new WaitingOn(Code.STEP_FAILED, NOON.plusSeconds(60),
                    null)), 10, TimeUnit.SECONDS);
            verify(commands).sendAndWait(new ReportWait(ORDER, new WaitingOn(Code.PAYMENT_PENDING,
                    NOON.plusSeconds(30), NOON.plusSeconds(60).plus(PAYING))), 10, TimeUnit.SECONDS);
        }
    }

    /** A second story in one test needs a fixture of its own. */
    private ContinuedGivenState fixtureOf(OrderFact... facts) {
        set_up();
        return given(facts);
    }

    private static Object waitingLater(Code code, Duration after, Duration until) {
        return new ReportWait(ORDER, new WaitingOn(code, NOON.plus(after), NOON.plus(after).plus(until)));
    }

    private OrderFulfillment saga(Duration left) {
        return requireDue(fixture, OrderFulfillment.class, left);
    }
}
