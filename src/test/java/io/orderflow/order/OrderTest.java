package io.orderflow.order;

import static io.orderflow.order.Orders.BEANS;
import static io.orderflow.order.Orders.CAPTURE;
import static io.orderflow.order.Orders.CUP;
import static io.orderflow.order.Orders.DISPATCH;
import static io.orderflow.order.Orders.NOON;
import static io.orderflow.order.Orders.ORDER;
import static io.orderflow.order.Orders.RESERVATION;
import static io.orderflow.order.Orders.broken;
import static io.orderflow.order.Orders.cancellationRequested;
import static io.orderflow.order.Orders.cancelled;
import static io.orderflow.order.Orders.completed;
import static io.orderflow.order.Orders.confirmed;
import static io.orderflow.order.Orders.dispatch;
import static io.orderflow.order.Orders.dispatched;
import static io.orderflow.order.Orders.dispatchedAll;
import static io.orderflow.order.Orders.dispatchedCup;
import static io.orderflow.order.Orders.good;
import static io.orderflow.order.Orders.line;
import static io.orderflow.order.Orders.lines;
import static io.orderflow.order.Orders.place;
import static io.orderflow.order.Orders.placed;
import static io.orderflow.order.Orders.rejected;
import static io.orderflow.order.Orders.requestCancellation;
import static io.orderflow.order.Orders.returnView;
import static io.orderflow.order.Orders.returned;
import static io.orderflow.order.Orders.takeBack;
import static io.orderflow.order.Orders.units;
import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.test.matchers.Matchers.matches;

import io.orderflow.order.command.CancelOrder;
import io.orderflow.order.command.CloseReturn;
import io.orderflow.order.command.CompleteOrder;
import io.orderflow.order.command.ConfirmOrder;
import io.orderflow.order.command.RejectOrder;
import io.orderflow.order.command.ReportAfterSalesWait;
import io.orderflow.order.command.ReportWait;
import io.orderflow.order.command.RequestCancellation;
import io.orderflow.order.command.ReturnGoods;
import io.orderflow.order.event.OrderCompleted;
import io.orderflow.order.event.OrderDispatched;
import io.orderflow.order.event.OrderLine;
import io.orderflow.order.event.OrderWaiting;
import io.orderflow.order.event.OrderWaits;
import io.orderflow.order.event.ReturnClosed;
import io.orderflow.order.query.CancellationView;
import io.orderflow.order.query.ReturnView.Status;
import io.orderflow.order.query.ShipmentView;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Money;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.Sku;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrderTest {

    private FixtureConfiguration<Order> fixture;

    @BeforeEach
    void set_up() {
        fixture = new AggregateTestFixture<>(Order.class);
    }

    private static void refused(ResultValidator<Order> result, Refusal.Kind kind, String code) {
        result.expectNoEvents().expectException(matches((Object thrown) -> thrown instanceof Refusal refusal
                && refusal.details().kind() == kind && refusal.details().code().equals(code)));
    }

    private static void changesNothing(ResultValidator<Order> result) {
        result.expectSuccessfulHandlerExecution().expectNoEvents();
    }

    @Nested
    class Placing {

        @Test
        void takes_the_order_and_adds_up_its_lines() {
            fixture.givenNoPriorActivity().when(place()).expectEvents(placed())
                    .expectResultMessagePayload(new PlaceOrderResult(new Money("EUR", 4600), RESERVATION, NOON));
        }

        @Test
        void takes_the_same_request_once_and_answers_it_the_same_again() {
            fixture.given(placed()).when(place(lines(), "request", NOON.plusSeconds(9)))
                    .expectNoEvents().expectResultMessagePayload(new PlaceOrderResult(new Money("EUR", 4600), RESERVATION, NOON));
        }

        @Test
        void refuses_another_request_with_the_same_reference() {
            refused(fixture.given(placed()).when(place(lines(), "other", NOON)), Refusal.Kind.CONFLICT,
                    "reference_used");
        }

        @Test
        void refuses_an_order_without_lines() {
            refusesLines("invalid_lines", List.of());
        }

        @Test
        void refuses_more_lines_than_anybody_orders() {
            refusesLines("invalid_lines", IntStream.range(0, 501).mapToObj(n -> line(new Sku("S" + n), 1, 1))
                    .toList());
        }

        @Test
        void takes_as_many_lines_as_allowed() {
            fixture.givenNoPriorActivity().when(place(IntStream.range(0, 500)
                    .mapToObj(n -> line(new Sku("S" + n), 1, 1)).toList())).expectSuccessfulHandlerExecution();
        }

        @Test
        void refuses_the_same_sku_on_two_lines() {
            refusesLines("duplicate_sku", List.of(line(CUP, 1, 1000), line(CUP, 2, 1000)));
        }

        @Test
        void refuses_a_line_of_nothing() {
            refusesLines("invalid_quantity", List.of(line(CUP, 0, 1000)));
        }

        @Test
        void refuses_prices_in_two_currencies() {
            refusesLines("mixed_currency", List.of(line(CUP, 1, 1000),
                    new OrderLine(BEANS, new Quantity(1), new Money("USD", 1000))));
        }

        @Test
        void refuses_a_negative_price() {
            refusesLines("negative_price", List.of(line(BEANS, 1, 1000), line(CUP, 1, -1)));
        }

        @Test
        void refuses_an_order_that_costs_nothing() {
            refusesLines("nothing_to_pay", List.of(line(CUP, 1, 0)));
        }

        @Test
        void takes_a_free_line_beside_one_that_costs_something() {
            fixture.givenNoPriorActivity().when(place(List.of(line(BEANS, 1, 1000), line(CUP, 1, 0))))
                    .expectSuccessfulHandlerExecution();
        }

        @Test
        void refuses_a_total_that_nobody_pays() {
            refusesLines("total_too_large", List.of(line(CUP, 1, 10_000_000_000_001L)));
        }

        @Test
        void takes_the_largest_total() {
            fixture.givenNoPriorActivity().when(place(List.of(line(CUP, 1, 10_000_000_000_000L))))
                    .expectSuccessfulHandlerExecution();
        }

        @Test
        void refuses_a_total_that_only_all_lines_make_too_large() {
            refusesLines("total_too_large", List.of(line(CUP, 1, 9_999_999_999_999L), line(BEANS, 1, 2)));
        }

        @Test
        void refuses_a_total_that_no_number_holds() {
            refusesLines("total_too_large", List.of(line(CUP, 1_000_000, Long.MAX_VALUE / 2)));
        }

        private void refusesLines(String code, List<OrderLine> lines) {
            refused(fixture.givenNoPriorActivity().when(place(lines)), Refusal.Kind.INVALID, code);
        }
    }

    @Nested
    class Waiting {

        private final WaitingOn refund = new WaitingOn(Code.REFUND, NOON, NOON.plusSeconds(60));
        private final WaitingOn failed = new WaitingOn(Code.REFUND_FAILED, NOON, null);
        private final WaitingOn overdue = new WaitingOn(Code.DISPATCH_OVERDUE, NOON, null);

        @Test
        void states_what_fulfillment_waits_for() {
            fixture.given(placed(), confirmed()).when(new ReportWait(ORDER, overdue))
                    .expectEvents(waiting(overdue, null));
        }

        @Test
        void does_not_state_the_same_twice() {
            changesNothing(fixture.given(placed(), confirmed(), waiting(overdue, null))
                    .when(new ReportWait(ORDER, overdue)));
        }

        @Test
        void states_that_the_deadline_has_moved() {
            var later = new WaitingOn(Code.DISPATCH_OVERDUE, NOON, NOON.plusSeconds(120));

            fixture.given(placed(), confirmed(), waiting(overdue, null)).when(new ReportWait(ORDER, later))
                    .expectEvents(waiting(later, null));
        }

        @Test
        void does_not_repeat_what_the_confirmation_stated() {
            changesNothing(fixture.given(placed(), confirmed()).when(new ReportWait(ORDER, DISPATCH)));
        }

        @Test
        void waits_for_nothing_once_it_has_ended() {
            changesNothing(fixture.given(placed(), rejected()).when(new ReportWait(ORDER, overdue)));
        }

        @Test
        void does_not_show_a_refund_while_fulfillment_waits() {
            fixture.given(placed(), confirmed(), dispatchedCup()).when(afterSales(refund))
                    .expectEvents(waiting(DISPATCH, refund));
            assertThat(new OrderWaits(DISPATCH, refund).shown()).isEqualTo(DISPATCH);
        }

        @Test
        void shows_a_failed_refund_before_everything_else() {
            fixture.given(placed(), confirmed(), dispatchedCup()).when(afterSales(failed))
                    .expectEvents(waiting(DISPATCH, failed));
            assertThat(new OrderWaits(DISPATCH, failed).shown()).isEqualTo(failed);
        }

        @Test
        void keeps_what_fulfillment_waits_for_behind_a_failed_refund() {
            fixture.given(placed(), confirmed(), dispatchedCup(), waiting(DISPATCH, failed))
                    .when(new ReportWait(ORDER, overdue)).expectEvents(waiting(overdue, failed));
        }

        @Test
        void shows_what_is_behind_a_failed_refund_once_that_is_settled() {
            fixture.given(placed(), confirmed(), dispatchedCup(), waiting(overdue, failed)).when(afterSales(null))
                    .expectEvents(waiting(overdue, null));
        }

        @Test
        void keeps_a_failed_refund_while_the_rest_is_dispatched() {
            var rest = dispatched("shp_rest", 3600, true, units(BEANS, 2));
            var dispatched = new OrderDispatched(ORDER, rest.shipmentId(), rest.lines(), rest.value(), rest.carrier(),
                    rest.trackingNumber(), true, new OrderWaits(CAPTURE, failed), NOON);
            fixture.given(placed(), confirmed(), dispatchedCup(), waiting(DISPATCH, failed))
                    .when(dispatch("shp_rest")).expectEvents(dispatched);
            fixture.given(placed(), confirmed(), dispatchedCup(), waiting(DISPATCH, failed), dispatched)
                    .when(afterSales(null)).expectEvents(waiting(CAPTURE, null));
        }

        @Test
        void states_what_after_sales_still_wait_for_when_it_is_completed() {
            fixture.given(placed(), confirmed(), dispatchedAll(), waiting(CAPTURE, refund))
                    .when(new CompleteOrder(ORDER)).expectEvents(new OrderCompleted(ORDER, refund));
        }

        @Test
        void waits_again_for_a_refund_after_it_was_completed() {
            fixture.given(placed(), confirmed(), dispatchedAll(), completed()).when(afterSales(refund))
                    .expectEvents(waiting(null, refund));
        }

        @Test
        void waits_for_nothing_once_the_refund_of_a_completed_order_is_settled() {
            fixture.given(placed(), confirmed(), dispatchedAll(), completed(), waiting(null, refund))
                    .when(afterSales(null)).expectEvents(waiting(null, null));
            fixture.given(placed(), confirmed(), dispatchedAll(), waiting(CAPTURE, refund),
                    new OrderCompleted(ORDER, refund)).when(afterSales(null)).expectEvents(waiting(null, null));
        }

        @Test
        void does_not_state_twice_what_after_sales_wait_for() {
            changesNothing(fixture.given(placed(), confirmed(), dispatchedAll(), completed(), waiting(null, refund))
                    .when(afterSales(refund)));
            changesNothing(fixture.given(placed(), confirmed(), dispatchedAll(), completed()).when(afterSales(null)));
        }

        private ReportAfterSalesWait afterSales(WaitingOn waitingOn) {
            return new ReportAfterSalesWait(ORDER, waitingOn);
        }

        private OrderWaiting waiting(WaitingOn fulfillment, WaitingOn afterSales) {
            return new OrderWaiting(ORDER, new OrderWaits(fulfillment, afterSales));
        }
    }

    @Nested
    class Confirming {

        @Test
        void promises_the_order() {
            fixture.given(placed()).when(new ConfirmOrder(ORDER, DISPATCH)).expectEvents(confirmed());
        }

        @Test
        void promises_it_once() {
            changesNothing(fixture.given(placed(), confirmed()).when(new ConfirmOrder(ORDER, DISPATCH)));
        }

        @Test
        void loses_against_a_cancellation_that_came_first() {
            changesNothing(fixture.given(placed(), cancellationRequested()).when(new ConfirmOrder(ORDER, DISPATCH)));
        }

        @Test
        void does_not_revive_a_rejected_order() {
            changesNothing(fixture.given(placed(), rejected()).when(new ConfirmOrder(ORDER, DISPATCH)));
        }

        @Test
        void does_not_revive_a_cancelled_order() {
            changesNothing(fixture.given(placed(), cancellationRequested(), cancelled())
                    .when(new ConfirmOrder(ORDER, DISPATCH)));
        }
    }

    @Nested
    class Cancelling {

        private final CancellationView answer = new CancellationView(ORDER, "changed my mind", NOON);

        @Test
        void is_taken_up_before_the_order_is_confirmed() {
            fixture.given(placed()).when(requestCancellation()).expectEvents(cancellationRequested())
                    .expectResultMessagePayload(answer);
        }

        @Test
        void is_refused_when_the_order_has_moved_on() {
            var atFirst = new RequestCancellation(ORDER, "changed my mind", NOON, new ExpectedVersion(0L));

            fixture.given(placed()).when(atFirst).expectEvents(cancellationRequested());
            refused(fixture.given(placed(), confirmed()).when(atFirst), Refusal.Kind.PRECONDITION_FAILED, "stale_version");
            fixture.given(placed(), cancellationRequested()).when(atFirst).expectNoEvents()
                    .expectResultMessagePayload(answer);
        }

        @Test
        void is_taken_up_after_the_order_is_confirmed() {
            fixture.given(placed(), confirmed()).when(requestCancellation()).expectEvents(cancellationRequested());
        }

        @Test
        void is_taken_up_once_and_keeps_its_first_reason() {
            fixture.given(placed(), cancellationRequested())
                    .when(new RequestCancellation(ORDER, "too slow", NOON.plusSeconds(5), ExpectedVersion.ANY))
                    .expectNoEvents().expectResultMessagePayload(answer);
        }

        @Test
        void is_refused_once_anything_is_dispatched() {
            refused(fixture.given(placed(), confirmed(), dispatchedCup()).when(requestCancellation()),
                    Refusal.Kind.CONFLICT, "already_dispatched");
        }

        @Test
        void is_refused_once_the_order_was_rejected() {
            refused(fixture.given(placed(), rejected()).when(requestCancellation()), Refusal.Kind.CONFLICT,
                    "order_ended");
        }

        @Test
        void is_refused_once_the_order_is_completed() {
            refused(fixture.given(placed(), confirmed(), dispatchedAll(), completed()).when(requestCancellation()),
                    Refusal.Kind.CONFLICT, "order_ended");
        }

        @Test
        void repeats_its_answer_after_the_order_is_cancelled() {
            fixture.given(placed(), cancellationRequested(), cancelled()).when(requestCancellation())
                    .expectNoEvents().expectResultMessagePayload(answer);
        }

        @Test
        void ends_the_order_once_all_is_undone() {
            fixture.given(placed(), cancellationRequested()).when(new CancelOrder(ORDER)).expectEvents(cancelled());
        }

        @Test
        void ends_an_order_that_was_confirmed_before_somebody_asked() {
            fixture.given(placed(), confirmed(), cancellationRequested()).when(new CancelOrder(ORDER))
                    .expectEvents(cancelled());
        }

        @Test
        void ends_the_order_once() {
            changesNothing(fixture.given(placed(), cancellationRequested(), cancelled()).when(new CancelOrder(ORDER)));
        }

        @Test
        void does_not_end_an_order_that_nobody_asked_to_cancel() {
            changesNothing(fixture.given(placed(), confirmed()).when(new CancelOrder(ORDER)));
        }

        @Test
        void does_not_end_an_order_that_was_rejected_first() {
            changesNothing(fixture.given(placed(), cancellationRequested(), rejected()).when(new CancelOrder(ORDER)));
        }
    }

    @Nested
    class Rejecting {

        private final RejectOrder reject = new RejectOrder(ORDER, "out_of_stock", "None left.");

        @Test
        void ends_a_placed_order() {
            fixture.given(placed()).when(reject).expectEvents(rejected());
        }

        @Test
        void ends_it_once() {
            changesNothing(fixture.given(placed(), rejected()).when(reject));
        }

        @Test
        void ends_it_as_told_when_a_cancellation_came_meanwhile() {
            fixture.given(placed(), cancellationRequested()).when(reject).expectEvents(rejected());
        }

        @Test
        void never_takes_back_a_promise() {
            changesNothing(fixture.given(placed(), confirmed()).when(reject));
        }

        @Test
        void does_not_end_an_order_that_was_cancelled_first() {
            changesNothing(fixture.given(placed(), cancellationRequested(), cancelled()).when(reject));
        }
    }

    @Nested
    class Dispatching {

        @Test
        void takes_all_that_remains_when_no_lines_are_named() {
            fixture.given(placed(), confirmed()).when(dispatch("shp_all")).expectEvents(dispatchedAll())
                    .expectResultMessagePayload(new ShipmentView("shp_all", ORDER,
                            List.of(units(BEANS, 2), units(CUP, 1)), "DHL", "42", new Money("EUR", 4600), NOON));
        }

        @Test
        void takes_some_lines_and_then_the_rest() {
            fixture.given(placed(), confirmed()).when(dispatch("shp_cup", units(CUP, 1))).expectEvents(dispatchedCup());
            OrderDispatched rest = dispatched("shp_rest", 3600, true, units(BEANS, 2));
            fixture.given(placed(), confirmed(), dispatchedCup()).when(dispatch("shp_rest")).expectEvents(rest);
        }

        @Test
        void takes_some_units_of_a_line() {
            fixture.given(placed(), confirmed()).when(dispatch("shp_1", units(BEANS, 1)))
                    .expectEvents(dispatched("shp_1", 1800, false, units(BEANS, 1)));
        }

        @Test
        void takes_the_same_shipment_once() {
            changesNothing(fixture.given(placed(), confirmed(), dispatchedAll()).when(dispatch("shp_all")));
        }

        @Test
        void refuses_before_the_order_is_confirmed() {
            refused(fixture.given(placed()).when(dispatch("shp_1")), Refusal.Kind.CONFLICT, "not_confirmed");
        }

        @Test
        void refuses_while_the_order_is_being_cancelled() {
            refused(fixture.given(placed(), confirmed(), cancellationRequested()).when(dispatch("shp_1")),
                    Refusal.Kind.CONFLICT, "cancellation_requested");
        }

        @Test
        void refuses_a_cancelled_order() {
            refused(fixture.given(placed(), confirmed(), cancellationRequested(), cancelled())
                    .when(dispatch("shp_1")), Refusal.Kind.CONFLICT, "order_ended");
        }

        @Test
        void refuses_a_rejected_order() {
            refused(fixture.given(placed(), rejected()).when(dispatch("shp_1")), Refusal.Kind.CONFLICT,
                    "order_ended");
        }

        @Test
        void refuses_a_completed_order() {
            refused(fixture.given(placed(), confirmed(), dispatchedAll(), completed()).when(dispatch("shp_1")),
                    Refusal.Kind.CONFLICT, "order_ended");
        }

        @Test
        void refuses_more_than_is_left_and_says_how_much_that_is() {
            fixture.given(placed(), confirmed(), dispatched("shp_1", 1800, false, units(BEANS, 1)))
                    .when(dispatch("shp_2", units(BEANS, 2))).expectNoEvents()
                    .expectException(matches((Object thrown) -> thrown instanceof Refusal refusal
                            && refusal.details().equals(new Refusal.Details(Refusal.Kind.CONFLICT,
                                    "more_than_ordered", "Only 1 of BEANS are left to dispatch, not 2.",
                                    Map.of("sku", "BEANS", "left", 1)))));
        }

        @Test
        void answers_a_repeated_shipment_as_it_did_first() {
            fixture.given(placed(), confirmed(), dispatchedCup()).when(dispatch("shp_cup")).expectNoEvents()
                    .expectResultMessagePayload(new ShipmentView("shp_cup", ORDER, List.of(units(CUP, 1)), "DHL",
                            "42", new Money("EUR", 1000), NOON));
        }

        @Test
        void refuses_what_is_not_in_the_order() {
            refused(fixture.given(placed(), confirmed()).when(dispatch("shp_1", units(new Sku("TEA"), 1))),
                    Refusal.Kind.INVALID, "sku_not_in_order");
        }

        @Test
        void refuses_a_shipment_of_nothing() {
            refused(fixture.given(placed(), confirmed()).when(dispatch("shp_1", units(BEANS, 0))),
                    Refusal.Kind.INVALID, "invalid_quantity");
        }

        @Test
        void refuses_one_sku_named_twice() {
            refused(fixture.given(placed(), confirmed()).when(dispatch("shp_1", units(BEANS, 1), units(BEANS, 1))),
                    Refusal.Kind.INVALID, "duplicate_sku");
        }

        @Test
        void refuses_when_everything_is_under_way() {
            refused(fixture.given(placed(), confirmed(), dispatchedAll()).when(dispatch("shp_more")),
                    Refusal.Kind.CONFLICT, "nothing_to_dispatch");
        }
    }

    @Nested
    class Completing {

        @Test
        void ends_an_order_that_is_wholly_dispatched() {
            fixture.given(placed(), confirmed(), dispatchedAll()).when(new CompleteOrder(ORDER))
                    .expectEvents(completed());
        }

        @Test
        void ends_it_once() {
            changesNothing(fixture.given(placed(), confirmed(), dispatchedAll(), completed())
                    .when(new CompleteOrder(ORDER)));
        }

        @Test
        void does_not_end_an_order_of_which_something_remains() {
            changesNothing(fixture.given(placed(), confirmed(), dispatchedCup()).when(new CompleteOrder(ORDER)));
        }

        @Test
        void does_not_end_an_order_of_which_nothing_was_dispatched() {
            changesNothing(fixture.given(placed(), confirmed()).when(new CompleteOrder(ORDER)));
        }
    }

    @Nested
    class Returning {

        @Test
        void takes_back_what_was_dispatched_at_the_price_it_was_sold_for() {
            fixture.given(placed(), confirmed(), dispatchedAll(), completed())
                    .when(takeBack("ret_1", good(BEANS, 1), broken(BEANS, 1), good(CUP, 1)))
                    .expectEvents(returned("ret_1", 4600, good(BEANS, 1), broken(BEANS, 1), good(CUP, 1)))
                    .expectResultMessagePayload(returnView("ret_1", Status.OPEN, 4600, good(BEANS, 1),
                            broken(BEANS, 1), good(CUP, 1)));
        }

        @Test
        void takes_back_what_is_under_way_while_the_rest_still_waits_for_its_dispatch() {
            fixture.given(placed(), confirmed(), dispatchedCup()).when(takeBack("ret_1", good(CUP, 1)))
                    .expectEvents(returned(1000, "ret_1", 1000, good(CUP, 1)));
        }

        @Test
        void takes_a_return_once_and_answers_it_the_same_again() {
            fixture.given(placed(), confirmed(), dispatchedAll(), returned("ret_1", 1000, good(CUP, 1)))
                    .when(takeBack("ret_1", good(CUP, 1))).expectNoEvents()
                    .expectResultMessagePayload(returnView("ret_1", Status.OPEN, 1000, good(CUP, 1)));
            fixture.given(placed(), confirmed(), dispatchedAll(), returned("ret_1", 1000, good(CUP, 1)),
                    closed("ret_1", null)).when(takeBack("ret_1", good(CUP, 1))).expectNoEvents()
                    .expectResultMessagePayload(returnView("ret_1", Status.OPEN, 1000, good(CUP, 1)));
        }

        @Test
        void takes_every_unit_once_and_says_how_many_are_left() {
            fixture.given(placed(), confirmed(), dispatchedAll(), returned("ret_1", 1800, broken(BEANS, 1)))
                    .when(takeBack("ret_2", good(BEANS, 2))).expectNoEvents()
                    .expectException(matches((Object thrown) -> thrown instanceof Refusal refusal
                            && refusal.details().equals(new Refusal.Details(Refusal.Kind.CONFLICT,
                                    "more_than_dispatched", "Only 1 of BEANS are with the customer, not 2; name what "
                                            + "was dispatched and has not come back yet.",
                                    Map.of("sku", "BEANS", "left", 1)))));
        }

        @Test
        void counts_the_good_and_the_damaged_units_of_an_sku_together() {
            refused(fixture.given(placed(), confirmed(), dispatchedAll())
                    .when(takeBack("ret_1", good(CUP, 1), broken(CUP, 1))), Refusal.Kind.CONFLICT,
                    "more_than_dispatched");
        }

        @Test
        void refuses_what_is_not_dispatched_yet() {
            refused(fixture.given(placed(), confirmed(), dispatchedCup()).when(takeBack("ret_1", good(BEANS, 1))),
                    Refusal.Kind.CONFLICT, "more_than_dispatched");
        }

        @Test
        void refuses_an_order_of_which_nothing_was_dispatched() {
            refused(fixture.given(placed()).when(takeBack("ret_1", good(CUP, 1))), Refusal.Kind.CONFLICT,
                    "not_dispatched");
            refused(fixture.given(placed(), confirmed()).when(takeBack("ret_1", good(CUP, 1))),
                    Refusal.Kind.CONFLICT, "not_dispatched");
            refused(fixture.given(placed(), rejected()).when(takeBack("ret_1", good(CUP, 1))),
                    Refusal.Kind.CONFLICT, "not_dispatched");
            refused(fixture.given(placed(), cancellationRequested(), cancelled())
                    .when(takeBack("ret_1", good(CUP, 1))), Refusal.Kind.CONFLICT, "not_dispatched");
        }

        @Test
        void refuses_what_is_not_in_the_order() {
            refused(fixture.given(placed(), confirmed(), dispatchedAll())
                    .when(takeBack("ret_1", good(new Sku("TEA"), 1))), Refusal.Kind.INVALID, "sku_not_in_order");
        }

        @Test
        void refuses_a_return_of_nothing() {
            refused(fixture.given(placed(), confirmed(), dispatchedAll()).when(takeBack("ret_1", good(CUP, 0))),
                    Refusal.Kind.INVALID, "invalid_quantity");
            refused(fixture.given(placed(), confirmed(), dispatchedAll()).when(takeBack("ret_1")),
                    Refusal.Kind.INVALID, "invalid_lines");
        }

        @Test
        void refuses_one_sku_named_twice_in_one_condition() {
            refused(fixture.given(placed(), confirmed(), dispatchedAll())
                    .when(takeBack("ret_1", good(BEANS, 1), good(BEANS, 1))), Refusal.Kind.INVALID, "duplicate_sku");
        }

        @Test
        void is_closed_once() {
            fixture.given(placed(), confirmed(), dispatchedAll(), returned("ret_1", 1000, good(CUP, 1)))
                    .when(new CloseReturn(ORDER, "ret_1", null, ExpectedVersion.ANY))
                    .expectEvents(closed("ret_1", null))
                    .expectResultMessagePayload(returnView("ret_1", Status.CLOSED, 1000, good(CUP, 1)));
            fixture.given(placed(), confirmed(), dispatchedAll(), returned("ret_1", 1000, good(CUP, 1)),
                    closed("ret_1", null)).when(new CloseReturn(ORDER, "ret_1", "paid in cash", ExpectedVersion.ANY))
                    .expectNoEvents()
                    .expectResultMessagePayload(returnView("ret_1", Status.CLOSED, 1000, good(CUP, 1)));
        }

        @Test
        void is_closed_by_hand_with_a_note() {
            fixture.given(placed(), confirmed(), dispatchedAll(), returned("ret_1", 1000, good(CUP, 1)))
                    .when(new CloseReturn(ORDER, "ret_1", "paid in cash", ExpectedVersion.ANY))
                    .expectEvents(closed("ret_1", "paid in cash"));
        }

        @Test
        void cannot_be_closed_before_it_came() {
            refused(fixture.given(placed(), confirmed(), dispatchedAll())
                    .when(new CloseReturn(ORDER, "ret_1", null, ExpectedVersion.ANY)), Refusal.Kind.NOT_FOUND, "unknown_return");
        }

        @Test
        void is_refused_when_the_order_has_moved_on() {
            var seen = new ExpectedVersion(2L);
            var goods = new ReturnGoods(ORDER, "ret_2", List.of(good(CUP, 1)), "too bitter", NOON, seen);
            var close = new CloseReturn(ORDER, "ret_1", "paid in cash", seen);

            refused(fixture.given(placed(), confirmed(), dispatchedAll(), returned("ret_1", 1000, good(CUP, 1)))
                    .when(goods), Refusal.Kind.PRECONDITION_FAILED, "stale_version");
            refused(fixture.given(placed(), confirmed(), dispatchedAll(), returned("ret_1", 1000, good(CUP, 1)))
                    .when(close), Refusal.Kind.PRECONDITION_FAILED, "stale_version");
        }

        private ReturnClosed closed(String returnId, String note) {
            return new ReturnClosed(ORDER, returnId, note);
        }
    }

    @ParameterizedTest
    @MethodSource("commandsToAnOrder")
    void an_order_that_was_never_placed_is_not_made_by_another_command(Object command) {
        fixture.givenNoPriorActivity().when(command).expectNoEvents()
                .expectException(AggregateNotFoundException.class);
    }

    static List<Object> commandsToAnOrder() {
        return List.of(new ReportWait(ORDER, DISPATCH), new ConfirmOrder(ORDER, DISPATCH), requestCancellation(),
                new CancelOrder(ORDER), new RejectOrder(ORDER, "out_of_stock", ""), dispatch("shp_1"),
                new CompleteOrder(ORDER), takeBack("ret_1", good(CUP, 1)),
                new CloseReturn(ORDER, "ret_1", null, ExpectedVersion.ANY));
    }
}
