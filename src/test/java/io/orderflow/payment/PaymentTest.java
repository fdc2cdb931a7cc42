package io.orderflow.payment;

import static io.orderflow.payment.Payments.AUTHORIZE;
import static io.orderflow.payment.Payments.REFUND;
import static io.orderflow.payment.Payments.VOID;
import static io.orderflow.payment.Payments.abandoned;
import static io.orderflow.payment.Payments.authorized;
import static io.orderflow.payment.Payments.capture;
import static io.orderflow.payment.Payments.captureFailed;
import static io.orderflow.payment.Payments.captureRequested;
import static io.orderflow.payment.Payments.captured;
import static io.orderflow.payment.Payments.declined;
import static io.orderflow.payment.Payments.demanded;
import static io.orderflow.payment.Payments.euro;
import static io.orderflow.payment.Payments.failed;
import static io.orderflow.payment.Payments.first;
import static io.orderflow.payment.Payments.nothingToAuthorize;
import static io.orderflow.payment.Payments.refundRequested;
import static io.orderflow.payment.Payments.refunded;
import static io.orderflow.payment.Payments.request;
import static io.orderflow.payment.Payments.requested;
import static io.orderflow.payment.Payments.reversalFailed;
import static io.orderflow.payment.Payments.reverse;
import static io.orderflow.payment.Payments.succeeded;
import static io.orderflow.payment.Payments.take;
import static io.orderflow.payment.Payments.uncertain;
import static io.orderflow.payment.Payments.unknown;
import static io.orderflow.payment.Payments.voidRequested;
import static io.orderflow.payment.Payments.voided;
import static io.orderflow.shared.PaymentStatus.AUTHORIZED;
import static io.orderflow.shared.PaymentStatus.CAPTURED;
import static io.orderflow.shared.PaymentStatus.DECLINED;
import static io.orderflow.shared.PaymentStatus.PARTIALLY_CAPTURED;
import static io.orderflow.shared.PaymentStatus.REQUESTED;
import static io.orderflow.shared.PaymentStatus.UNKNOWN;
import static io.orderflow.shared.PaymentStatus.VOIDED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.orderflow.payment.event.PaymentDeclined;
import io.orderflow.shared.Money;
import io.orderflow.shared.Refusal;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PaymentTest {

    private FixtureConfiguration<Payment> payment;

    @BeforeEach
    void no_payment_yet() {
        payment = new AggregateTestFixture<>(Payment.class);
    }

    @Nested
    class Request {

        @Test
        void chooses_the_operation_id_before_the_gateway_hears_of_it() {
            payment.givenNoPriorActivity().when(request()).expectEvents(requested());
        }

        @Test
        void has_no_second_effect() {
            payment.given(requested()).when(request()).expectSuccessfulHandlerExecution().expectNoEvents();
        }

        @Test
        void has_no_second_effect_once_the_outcome_is_known() {
            payment.given(requested(), declined()).when(request()).expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void of_nothing_asks_nobody() {
            payment.givenNoPriorActivity().when(request(euro(0)))
                    .expectEvents(requested(euro(0)), nothingToAuthorize());
        }
    }

    @Nested
    class Authorization {

        @Test
        void sets_the_money_aside() {
            payment.given(requested()).when(succeeded(AUTHORIZE)).expectEvents(authorized());
        }

        @Test
        void may_be_declined() {
            payment.given(requested()).when(declined(AUTHORIZE)).expectEvents(declined());
        }

        @Test
        void that_the_gateway_will_never_do_is_declined_too() {
            payment.given(requested()).when(failed(AUTHORIZE)).expectEvents(new PaymentDeclined(
                    Payments.PAYMENT, Payments.ORDER, AUTHORIZE, "bad_request", "Never."));
        }

        @Test
        void may_be_unknown() {
            payment.given(requested()).when(unknown(AUTHORIZE)).expectEvents(uncertain(AUTHORIZE));
        }

        @Test
        void is_unknown_only_once() {
            payment.given(requested(), uncertain(AUTHORIZE)).when(unknown(AUTHORIZE))
                    .expectSuccessfulHandlerExecution().expectNoEvents();
        }

        @Test
        void succeeds_after_it_was_unknown() {
            payment.given(requested(), uncertain(AUTHORIZE)).when(succeeded(AUTHORIZE)).expectEvents(authorized());
        }

        @Test
        void may_be_pending_after_it_was_unknown() {
            payment.given(requested(), uncertain(AUTHORIZE)).when(Payments.pendingAt(AUTHORIZE))
                    .expectEvents(Payments.pending(AUTHORIZE, REQUESTED));
        }

        @Test
        void is_declined_after_it_was_unknown() {
            payment.given(requested(), uncertain(AUTHORIZE)).when(declined(AUTHORIZE)).expectEvents(declined());
        }

        @Test
        void once_granted_is_never_taken_back_by_a_later_answer() {
            for (var late : answers(AUTHORIZE)) {
                payment.given(requested(), authorized()).when(late).expectSuccessfulHandlerExecution()
                        .expectNoEvents();
                no_payment_yet();
            }
        }

        @Test
        void once_declined_is_never_granted_by_a_later_answer() {
            for (var late : answers(AUTHORIZE)) {
                payment.given(requested(), declined()).when(late).expectSuccessfulHandlerExecution()
                        .expectNoEvents();
                no_payment_yet();
            }
        }

        @Test
        void that_was_never_asked_for_has_no_outcome() {
            payment.given(requested()).when(succeeded("pay_1-authorize-2"))
                    .expectException(IllegalStateException.class).expectNoEvents();
        }
    }

    @Nested
    class Capture {

        @Test
        void takes_what_a_shipment_is_worth() {
            payment.given(requested(), authorized()).when(take("shp_1", euro(40_00)))
                    .expectEvents(captureRequested("shp_1", 40_00));
        }

        @Test
        void of_a_part_leaves_the_payment_partially_captured() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 40_00))
                    .when(succeeded(capture("shp_1")))
                    .expectEvents(captured("shp_1", 40_00, 40_00, PARTIALLY_CAPTURED));
        }

        @Test
        void of_the_rest_leaves_it_captured() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 40_00),
                            captured("shp_1", 40_00, 40_00, PARTIALLY_CAPTURED),
                            captureRequested("shp_2", 60_00, PARTIALLY_CAPTURED))
                    .when(succeeded(capture("shp_2")))
                    .expectEvents(captured("shp_2", 60_00, 100_00, CAPTURED));
        }

        @Test
        void of_two_shipments_may_end_in_any_order() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 40_00),
                            captureRequested("shp_2", 60_00))
                    .when(succeeded(capture("shp_2")))
                    .expectEvents(captured("shp_2", 60_00, 60_00, PARTIALLY_CAPTURED));
        }

        @Test
        void of_one_shipment_has_no_second_effect() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 40_00))
                    .when(take("shp_1", euro(40_00)))
                    .expectSuccessfulHandlerExecution().expectNoEvents();
        }

        @Test
        void of_one_shipment_has_no_second_effect_even_after_all_is_reversed() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 100_00),
                            captured("shp_1", 100_00, 100_00, CAPTURED), refundRequested(100_00, CAPTURED),
                            refunded(100_00))
                    .when(take("shp_1", euro(100_00)))
                    .expectSuccessfulHandlerExecution().expectNoEvents();
        }

        @Test
        void of_nothing_asks_nobody() {
            payment.given(requested(), authorized()).when(take("shp_1", euro(0)))
                    .expectEvents(captured("shp_1", 0, 0, AUTHORIZED));
        }

        @Test
        void of_nothing_completes_a_payment_of_nothing() {
            payment.given(requested(euro(0)), nothingToAuthorize()).when(take("shp_1", euro(0)))
                    .expectEvents(captured("shp_1", 0, 0, CAPTURED));
        }

        @Test
        void of_nothing_has_no_second_effect() {
            payment.given(requested(), authorized(), captured("shp_1", 0, 0, AUTHORIZED))
                    .when(take("shp_1", euro(0)))
                    .expectSuccessfulHandlerExecution().expectNoEvents();
        }

        @Test
        void never_exceeds_what_is_authorized() {
            payment.given(requested(), authorized()).when(take("shp_1", euro(100_01)))
                    .expectException(IllegalStateException.class).expectNoEvents();
        }

        @Test
        void never_exceeds_what_earlier_captures_leave() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 60_00))
                    .when(take("shp_2", euro(40_01)))
                    .expectException(IllegalStateException.class).expectNoEvents();
        }

        @Test
        void may_use_again_what_a_failed_one_left() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 60_00), captureFailed("shp_1"))
                    .when(take("shp_2", euro(100_00)))
                    .expectEvents(captureRequested("shp_2", 100_00));
        }

        @Test
        void of_less_than_nothing_is_a_bug() {
            payment.given(requested(), authorized()).when(take("shp_1", euro(-1)))
                    .expectException(IllegalStateException.class).expectNoEvents();
        }

        @Test
        void in_another_currency_is_a_bug() {
            payment.given(requested(), authorized()).when(take("shp_1", new Money("USD", 1)))
                    .expectException(Refusal.class).expectNoEvents();
        }

        @Test
        void before_the_authorization_is_known_is_a_bug() {
            payment.given(requested(), uncertain(AUTHORIZE)).when(take("shp_1", euro(0)))
                    .expectException(IllegalStateException.class).expectNoEvents();
        }

        @Test
        void after_a_reversal_was_asked_for_is_a_bug() {
            payment.given(requested(), authorized(), voidRequested(VOID)).when(take("shp_1", euro(1)))
                    .expectException(IllegalStateException.class).expectNoEvents();
        }

        @Test
        void that_the_gateway_refuses_for_good_is_a_fact() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 40_00))
                    .when(failed(capture("shp_1"))).expectEvents(captureFailed("shp_1"));
        }

        @Test
        void that_failed_has_no_second_effect_under_its_shipment() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 40_00), captureFailed("shp_1"))
                    .when(take("shp_1", euro(40_00)))
                    .expectSuccessfulHandlerExecution().expectNoEvents();
        }

        @Test
        void leaves_the_status_of_the_payment_while_it_is_unknown() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 100_00))
                    .when(unknown(capture("shp_1"))).expectEvents(uncertain(capture("shp_1"), AUTHORIZED));
        }

        @Test
        void may_be_unknown_and_succeed_later() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 100_00), uncertain(capture("shp_1")))
                    .when(succeeded(capture("shp_1")))
                    .expectEvents(captured("shp_1", 100_00, 100_00, CAPTURED));
        }

        @Test
        void once_taken_is_taken() {
            for (var late : answers(capture("shp_1"))) {
                payment.given(requested(), authorized(), captureRequested("shp_1", 100_00),
                                captured("shp_1", 100_00, 100_00, CAPTURED))
                        .when(late).expectSuccessfulHandlerExecution().expectNoEvents();
                no_payment_yet();
            }
        }
    }

    @Nested
    class Reversal {

        @Test
        void before_the_outcome_is_known_waits_for_it() {
            payment.given(requested()).when(reverse()).expectEvents(demanded(REQUESTED));
        }

        @Test
        void of_an_unknown_authorization_waits_for_the_truth() {
            payment.given(requested(), uncertain(AUTHORIZE)).when(reverse()).expectEvents(demanded(UNKNOWN));
        }

        @Test
        void that_waits_has_no_second_effect() {
            payment.given(requested(), demanded(REQUESTED)).when(reverse()).expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void voids_an_authorization_that_comes_late() {
            payment.given(requested(), demanded(REQUESTED)).when(succeeded(AUTHORIZE))
                    .expectEvents(authorized(), voidRequested(VOID));
        }

        @Test
        void voids_an_authorization_that_was_unknown_and_comes_late() {
            payment.given(requested(), demanded(REQUESTED), uncertain(AUTHORIZE)).when(succeeded(AUTHORIZE))
                    .expectEvents(authorized(), voidRequested(VOID));
        }

        @Test
        void still_waits_while_the_authorization_is_unknown() {
            payment.given(requested(), demanded(REQUESTED)).when(unknown(AUTHORIZE))
                    .expectEvents(uncertain(AUTHORIZE));
        }

        @Test
        void has_nothing_to_do_when_the_late_outcome_is_a_decline() {
            payment.given(requested(), demanded(REQUESTED)).when(declined(AUTHORIZE))
                    .expectEvents(declined(), abandoned(DECLINED));
        }

        @Test
        void of_a_declined_payment_has_nothing_to_do() {
            payment.given(requested(), declined()).when(reverse()).expectEvents(abandoned(DECLINED));
        }

        @Test
        void of_a_payment_of_nothing_has_nothing_to_do() {
            payment.given(requested(euro(0)), nothingToAuthorize()).when(reverse())
                    .expectEvents(abandoned(VOIDED));
        }

        @Test
        void of_an_authorized_payment_voids_it() {
            payment.given(requested(), authorized()).when(reverse()).expectEvents(first(voidRequested(VOID)));
        }

        @Test
        void is_done_once_the_gateway_has_voided() {
            payment.given(requested(), authorized(), voidRequested(VOID)).when(succeeded(VOID))
                    .expectEvents(voided(VOID));
        }

        @Test
        void of_a_captured_payment_refunds_what_was_taken() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 40_00),
                            captured("shp_1", 40_00, 40_00, PARTIALLY_CAPTURED))
                    .when(reverse()).expectEvents(first(refundRequested(40_00, PARTIALLY_CAPTURED)));
        }

        @Test
        void is_done_once_the_gateway_has_refunded() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 100_00),
                            captured("shp_1", 100_00, 100_00, CAPTURED), refundRequested(100_00, CAPTURED))
                    .when(succeeded(REFUND)).expectEvents(refunded(100_00));
        }

        @Test
        void during_a_capture_waits_for_it_and_refunds() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 100_00), demanded(AUTHORIZED))
                    .when(succeeded(capture("shp_1")))
                    .expectEvents(captured("shp_1", 100_00, 100_00, CAPTURED), refundRequested(100_00, CAPTURED));
        }

        @Test
        void during_a_capture_that_fails_voids() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 100_00), demanded(AUTHORIZED))
                    .when(failed(capture("shp_1")))
                    .expectEvents(captureFailed("shp_1"), voidRequested(VOID));
        }

        @Test
        void during_two_captures_waits_for_both() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 40_00),
                            captureRequested("shp_2", 60_00), demanded(AUTHORIZED))
                    .when(succeeded(capture("shp_1")))
                    .expectEvents(captured("shp_1", 40_00, 40_00, PARTIALLY_CAPTURED));
        }

        @Test
        void under_way_has_no_second_effect() {
            payment.given(requested(), authorized(), voidRequested(VOID)).when(reverse())
                    .expectSuccessfulHandlerExecution().expectNoEvents();
        }

        @Test
        void with_an_unknown_answer_is_still_under_way() {
            payment.given(requested(), authorized(), voidRequested(VOID), uncertain(VOID)).when(reverse())
                    .expectSuccessfulHandlerExecution().expectNoEvents();
        }

        @Test
        void may_be_unknown_and_succeed_later() {
            payment.given(requested(), authorized(), voidRequested(VOID), uncertain(VOID)).when(succeeded(VOID))
                    .expectEvents(voided(VOID));
        }

        @Test
        void that_is_done_has_no_second_effect() {
            payment.given(requested(), authorized(), voidRequested(VOID), voided(VOID)).when(reverse())
                    .expectSuccessfulHandlerExecution().expectNoEvents();
        }

        @Test
        void that_had_nothing_to_do_has_no_second_effect() {
            payment.given(requested(), declined(), abandoned(DECLINED)).when(reverse())
                    .expectSuccessfulHandlerExecution().expectNoEvents();
        }

        @Test
        void that_the_gateway_refuses_for_good_is_a_fact() {
            payment.given(requested(), authorized(), voidRequested(VOID)).when(failed(VOID))
                    .expectEvents(reversalFailed(VOID));
        }

        @Test
        void that_failed_can_be_asked_for_again_under_a_new_id() {
            payment.given(requested(), authorized(), voidRequested(VOID), reversalFailed(VOID)).when(reverse())
                    .expectEvents(voidRequested("pay_1-void-2"));
        }

        @Test
        void once_done_is_not_undone_by_a_later_answer() {
            for (var late : answers(VOID)) {
                payment.given(requested(), authorized(), voidRequested(VOID), voided(VOID)).when(late)
                        .expectSuccessfulHandlerExecution().expectNoEvents();
                no_payment_yet();
            }
        }
    }

    @Nested
    class State {

        static final List<List<Object>> histories = List.of(
                List.of(requested()),
                List.of(requested(), uncertain(AUTHORIZE), demanded(UNKNOWN)),
                List.of(requested(), authorized(), captureRequested("shp_1", 40_00),
                        captured("shp_1", 40_00, 40_00, PARTIALLY_CAPTURED), captureRequested("shp_2", 60_00),
                        captureFailed("shp_2"), refundRequested(40_00, PARTIALLY_CAPTURED), uncertain(REFUND)),
                List.of(requested(), authorized(), voidRequested(VOID), reversalFailed(VOID)));

        @ParameterizedTest
        @FieldSource("histories")
        void survives_being_stored(List<Object> history) {
            payment.given(history).when(unknown(AUTHORIZE)).expectState(before -> {
                var mapper = JsonMapper.builder().findAndAddModules().build();
                assertThat(mapper.convertValue(mapper.convertValue(before, Object.class), Payment.class))
                        .usingRecursiveComparison().isEqualTo(before);
            });
        }
    }

    private static List<RecordOutcome> answers(String operation) {
        return Stream.of(succeeded(operation), declined(operation), failed(operation), unknown(operation)).toList();
    }
}
