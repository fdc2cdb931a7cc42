package io.orderflow.payment;

import static io.orderflow.payment.Payments.AUTHORIZATION;
import static io.orderflow.payment.Payments.AUTHORIZE;
import static io.orderflow.payment.Payments.ORDER;
import static io.orderflow.payment.Payments.PAYMENT;
import static io.orderflow.payment.Payments.REFUND;
import static io.orderflow.payment.Payments.TOTAL;
import static io.orderflow.payment.Payments.VOID;
import static io.orderflow.payment.Payments.abandoned;
import static io.orderflow.payment.Payments.actionRequired;
import static io.orderflow.payment.Payments.after;
import static io.orderflow.payment.Payments.allTaken;
import static io.orderflow.payment.Payments.authorized;
import static io.orderflow.payment.Payments.begin;
import static io.orderflow.payment.Payments.capture;
import static io.orderflow.payment.Payments.captureFailed;
import static io.orderflow.payment.Payments.captureRequested;
import static io.orderflow.payment.Payments.captured;
import static io.orderflow.payment.Payments.customerHasToAct;
import static io.orderflow.payment.Payments.declined;
import static io.orderflow.payment.Payments.demanded;
import static io.orderflow.payment.Payments.euro;
import static io.orderflow.payment.Payments.failed;
import static io.orderflow.payment.Payments.first;
import static io.orderflow.payment.Payments.paidBack;
import static io.orderflow.payment.Payments.payBack;
import static io.orderflow.payment.Payments.pending;
import static io.orderflow.payment.Payments.pendingAt;
import static io.orderflow.payment.Payments.refund;
import static io.orderflow.payment.Payments.refundFailed;
import static io.orderflow.payment.Payments.refundPostponed;
import static io.orderflow.payment.Payments.refundRequested;
import static io.orderflow.payment.Payments.requested;
import static io.orderflow.payment.Payments.retry;
import static io.orderflow.payment.Payments.reversalFailed;
import static io.orderflow.payment.Payments.reverse;
import static io.orderflow.payment.Payments.settle;
import static io.orderflow.payment.Payments.settledByHand;
import static io.orderflow.payment.Payments.succeeded;
import static io.orderflow.payment.Payments.uncertain;
import static io.orderflow.payment.Payments.unknown;
import static io.orderflow.payment.Payments.voidRequested;
import static io.orderflow.payment.Payments.voided;
import static io.orderflow.shared.PaymentStatus.AUTHORIZED;
import static io.orderflow.shared.PaymentStatus.CAPTURED;
import static io.orderflow.shared.PaymentStatus.PARTIALLY_CAPTURED;
import static io.orderflow.shared.PaymentStatus.PARTIALLY_REFUNDED;
import static io.orderflow.shared.PaymentStatus.REFUNDED;
import static io.orderflow.shared.PaymentStatus.VOIDED;

import io.orderflow.payment.command.RefundPayment;
import io.orderflow.payment.event.CaptureRequested;
import io.orderflow.payment.event.PaymentReversedInPart;
import io.orderflow.payment.event.ReversalFailed;
import io.orderflow.payment.event.ReversalKind;
import io.orderflow.payment.event.ReversalRequested;
import io.orderflow.payment.query.RefundView;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.Refusal;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PaymentRefundTest {

    private FixtureConfiguration<Payment> payment;

    @BeforeEach
    void no_payment_yet() {
        payment = new AggregateTestFixture<>(Payment.class);
    }

    @Nested
    class Refund {

        @Test
        void pays_back_a_part() {
            payment.given(allTaken()).when(payBack("ref_1", euro(30_00)))
                    .expectEvents(refundRequested("ref_1", refund("ref_1"), 1, 30_00, CAPTURED))
                    .expectResultMessagePayload(new RefundView("ref_1", PAYMENT, euro(30_00), "Broken.",
                            RefundView.Status.REQUESTED));
        }

        @Test
        void is_refused_when_the_payment_has_moved_on() {
            int last = allTaken().size() - 1;

            payment.given(allTaken()).when(payBackAt(last))
                    .expectEvents(refundRequested("ref_1", refund("ref_1"), 1, 30_00, CAPTURED));
            payment.given(allTaken()).when(payBackAt(last - 1)).expectNoEvents()
                    .expectException(Refusal.class);
        }

        private static RefundPayment payBackAt(long version) {
            return new RefundPayment(PAYMENT, "ref_1", euro(30_00), "Broken.", new ExpectedVersion(version), null);
        }

        @Test
        void pays_back_all_that_is_left() {
            payment.given(after(allTaken(), refundRequested("ref_1", refund("ref_1"), 1, 30_00, CAPTURED)))
                    .when(payBack("ref_2", null))
                    .expectEvents(refundRequested("ref_2", refund("ref_2"), 1, 70_00, CAPTURED));
        }

        @Test
        void counts_once_the_gateway_has_paid() {
            payment.given(after(allTaken(), refundRequested("ref_1", refund("ref_1"), 1, 30_00, CAPTURED)))
                    .when(succeeded(refund("ref_1")))
                    .expectEvents(paidBack("ref_1", refund("ref_1"), 30_00, 30_00, PARTIALLY_REFUNDED));
        }

        @Test
        void of_everything_leaves_the_payment_refunded() {
            payment.given(after(allTaken(), refundRequested("ref_1", refund("ref_1"), 1, 30_00, CAPTURED),
                            paidBack("ref_1", refund("ref_1"), 30_00, 30_00, PARTIALLY_REFUNDED),
                            refundRequested("ref_2", refund("ref_2"), 1, 70_00, PARTIALLY_REFUNDED)))
                    .when(succeeded(refund("ref_2")))
                    .expectEvents(paidBack("ref_2", refund("ref_2"), 70_00, 100_00, REFUNDED));
        }

        @Test
        void does_not_count_while_it_is_pending() {
            payment.given(after(allTaken(), refundRequested("ref_1", refund("ref_1"), 1, 30_00, CAPTURED)))
                    .when(pendingAt(refund("ref_1"))).expectEvents(pending(refund("ref_1"), CAPTURED));
        }

        @Test
        void has_no_second_effect() {
            payment.given(after(allTaken(), refundRequested("ref_1", refund("ref_1"), 1, 30_00, CAPTURED)))
                    .when(payBack("ref_1", euro(30_00))).expectNoEvents()
                    .expectResultMessagePayload(new RefundView("ref_1", PAYMENT, euro(30_00), "Broken.",
                            RefundView.Status.REQUESTED));
        }

        @Test
        void never_exceeds_what_was_taken() {
            payment.given(after(allTaken(), refundRequested("ref_1", refund("ref_1"), 1, 30_00, CAPTURED)))
                    .when(payBack("ref_2", euro(70_01))).expectException(Refusal.class).expectNoEvents();
        }

        @Test
        void never_takes_what_a_failed_one_has_still_to_pay_back() {
            payment.given(after(allTaken(), refundRequested("ref_1", refund("ref_1"), 3, 30_00, CAPTURED),
                            refundFailed("ref_1", refund("ref_1"), 3, 30_00, true, CAPTURED)))
                    .when(payBack("ref_2", euro(70_01))).expectException(Refusal.class).expectNoEvents();
        }

        @Test
        void is_refused_when_nothing_is_left() {
            payment.given(after(allTaken(), refundRequested("ref_1", refund("ref_1"), 1, 100_00, CAPTURED)))
                    .when(payBack("ref_2", null)).expectException(Refusal.class).expectNoEvents();
        }

        @Test
        void is_refused_before_anything_is_taken() {
            payment.given(requested(), authorized()).when(payBack("ref_1", euro(1)))
                    .expectException(Refusal.class).expectNoEvents();
        }

        @Test
        void of_nothing_or_less_is_refused() {
            for (long cents : new long[] {0, -1}) {
                payment.given(allTaken()).when(payBack("ref_1", euro(cents))).expectException(Refusal.class)
                        .expectNoEvents();
                no_payment_yet();
            }
        }

        @Test
        void in_another_currency_is_refused() {
            payment.given(allTaken()).when(payBack("ref_1", new Money("USD", 1))).expectException(Refusal.class)
                    .expectNoEvents();
        }

        @Test
        void waits_for_the_capture_that_it_comes_out_of() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 100_00))
                    .when(payBack("ret_1", euro(30_00)))
                    .expectEvents(refundPostponed("ret_1", 30_00, AUTHORIZED));
        }

        @Test
        void waits_for_a_capture_that_is_due_and_not_asked_for_yet() {
            payment.given(requested(), authorized()).when(payBack("ret_1", euro(30_00), euro(40_00)))
                    .expectEvents(refundPostponed("ret_1", 30_00, AUTHORIZED));
        }

        @Test
        void of_goods_is_refused_at_once_when_their_money_is_paid_back_although_the_rest_is_still_to_be_taken() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 40_00),
                            captured("shp_1", 40_00, 40_00, PARTIALLY_CAPTURED),
                            refundRequested("ref_1", refund("ref_1"), 1, 30_00, PARTIALLY_CAPTURED))
                    .when(payBack("ret_1", euro(10_01), euro(40_00))).expectException(Refusal.class).expectNoEvents();
        }

        @Test
        void of_all_that_is_left_is_refused_while_more_is_promised_than_is_taken() {
            payment.given(requested(), authorized(), refundPostponed("ret_1", 30_00, AUTHORIZED))
                    .when(payBack("ref_1", null)).expectException(Refusal.class).expectNoEvents();
        }

        @Test
        void that_waited_follows_the_capture() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 100_00),
                            refundPostponed("ret_1", 30_00, AUTHORIZED))
                    .when(succeeded(capture("shp_1")))
                    .expectEvents(captured("shp_1", 100_00, 100_00, CAPTURED),
                            refundRequested("ret_1", refund("ret_1"), 1, 30_00, CAPTURED));
        }

        @Test
        void that_waited_goes_on_waiting_while_too_little_is_taken() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 20_00),
                            captureRequested("shp_2", 80_00), refundPostponed("ret_1", 30_00, AUTHORIZED))
                    .when(succeeded(capture("shp_1")))
                    .expectEvents(captured("shp_1", 20_00, 20_00, PARTIALLY_CAPTURED));
        }

        @Test
        void that_waited_is_paid_once_staff_has_settled_the_capture() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 100_00), captureFailed("shp_1"),
                            refundPostponed("ret_1", 30_00, AUTHORIZED))
                    .when(settle(capture("shp_1")))
                    .expectEvents(captured("shp_1", 100_00, 100_00, CAPTURED),
                            settledByHand(capture("shp_1"), 100_00, CAPTURED),
                            refundRequested("ret_1", refund("ret_1"), 1, 30_00, CAPTURED));
        }

        @Test
        void is_refused_after_a_reversal() {
            payment.given(after(allTaken(), refundRequested(100_00, CAPTURED))).when(payBack("ref_1", euro(1)))
                    .expectException(Refusal.class).expectNoEvents();
        }
    }

    @Nested
    class Failed_refund {

        @Test
        void is_tried_again_by_another_operation() {
            payment.given(after(allTaken(), refundRequested("ref_1", refund("ref_1"), 1, 30_00, CAPTURED)))
                    .when(failed(refund("ref_1")))
                    .expectEvents(refundFailed("ref_1", refund("ref_1"), 1, 30_00, false, CAPTURED),
                            refundRequested("ref_1", refund("ref_1") + "-2", 2, 30_00, CAPTURED));
        }

        @Test
        void calls_for_somebody_after_three_attempts() {
            payment.given(after(allTaken(), refundRequested("ref_1", refund("ref_1"), 3, 30_00, CAPTURED)))
                    .when(failed(refund("ref_1")))
                    .expectEvents(refundFailed("ref_1", refund("ref_1"), 3, 30_00, true, CAPTURED));
        }

        @Test
        void that_bounces_after_it_was_paid_is_not_refunded_any_more() {
            payment.given(after(allTaken(), refundRequested("ref_1", refund("ref_1"), 1, 30_00, CAPTURED),
                            paidBack("ref_1", refund("ref_1"), 30_00, 30_00, PARTIALLY_REFUNDED)))
                    .when(failed(refund("ref_1")))
                    .expectEvents(refundFailed("ref_1", refund("ref_1"), 1, 30_00, true, CAPTURED));
        }

        @Test
        void can_be_retried_by_staff() {
            payment.given(lastRefundFailed()).when(retry(refund("ref_1")))
                    .expectEvents(refundRequested("ref_1", refund("ref_1") + "-2", 1, 30_00, CAPTURED))
                    .expectResultMessagePayload(refund("ref_1") + "-2");
        }

        @Test
        void can_be_settled_by_hand() {
            payment.given(lastRefundFailed()).when(settle(refund("ref_1")))
                    .expectEvents(paidBack("ref_1", refund("ref_1"), 30_00, 30_00, PARTIALLY_REFUNDED),
                            settledByHand(refund("ref_1"), 30_00, PARTIALLY_REFUNDED));
        }

        @Test
        void that_was_settled_by_hand_is_not_paid_once_more_by_a_late_answer() {
            payment.given(after(lastRefundFailed(),
                            paidBack("ref_1", refund("ref_1"), 30_00, 30_00, PARTIALLY_REFUNDED),
                            settledByHand(refund("ref_1"), 30_00, PARTIALLY_REFUNDED)))
                    .when(succeeded(refund("ref_1"))).expectSuccessfulHandlerExecution().expectNoEvents();
        }

        @Test
        void can_be_acted_on_once() {
            payment.given(after(lastRefundFailed(),
                            refundRequested("ref_1", refund("ref_1") + "-2", 1, 30_00, CAPTURED)))
                    .when(settle(refund("ref_1"))).expectException(Refusal.class).expectNoEvents();
        }

        private static List<Object> lastRefundFailed() {
            return after(allTaken(), refundRequested("ref_1", refund("ref_1"), 3, 30_00, CAPTURED),
                    refundFailed("ref_1", refund("ref_1"), 3, 30_00, true, CAPTURED));
        }
    }

    @Nested
    class Staff {

        @Test
        void retries_a_capture_under_a_new_id() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 40_00), captureFailed("shp_1"))
                    .when(retry(capture("shp_1")))
                    .expectEvents(new CaptureRequested(PAYMENT, ORDER, capture("shp_1") + "-2", "shp_1", euro(40_00),
                            AUTHORIZATION, AUTHORIZED));
        }

        @Test
        void retries_a_reversal() {
            payment.given(requested(), authorized(), voidRequested(VOID), reversalFailed(VOID)).when(retry(VOID))
                    .expectEvents(voidRequested("pay_1-void-2"));
        }

        @Test
        void settles_a_reversal() {
            payment.given(requested(), authorized(), voidRequested(VOID), reversalFailed(VOID)).when(settle(VOID))
                    .expectEvents(voided(VOID), settledByHand(VOID, 100_00, VOIDED));
        }

        @Test
        void cannot_settle_what_did_not_fail() {
            payment.given(allTaken()).when(settle(capture("shp_1"))).expectException(Refusal.class).expectNoEvents();
            no_payment_yet();
            payment.given(requested()).when(retry(AUTHORIZE)).expectException(Refusal.class).expectNoEvents();
        }

        @Test
        void cannot_settle_what_never_was() {
            payment.given(allTaken()).when(settle("pay_1-refund-ref_9")).expectException(Refusal.class)
                    .expectNoEvents();
        }
    }

    @Nested
    class Reversal_of_a_partly_captured_payment {

        @Test
        void releases_the_rest_once_what_was_taken_is_back() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 40_00),
                            captured("shp_1", 40_00, 40_00, PARTIALLY_CAPTURED),
                            refundRequested(40_00, PARTIALLY_CAPTURED))
                    .when(succeeded(REFUND))
                    .expectEvents(new PaymentReversedInPart(PAYMENT, ORDER, REFUND, ReversalKind.REFUNDED,
                            euro(40_00), PARTIALLY_REFUNDED), restVoided(PARTIALLY_REFUNDED));
        }

        @Test
        void does_not_pay_back_twice_what_a_refund_pays_back() {
            payment.given(requested(), authorized(), captureRequested("shp_1", 40_00),
                            captured("shp_1", 40_00, 40_00, PARTIALLY_CAPTURED),
                            refundRequested("ref_1", refund("ref_1"), 1, 30_00, PARTIALLY_CAPTURED),
                            paidBack("ref_1", refund("ref_1"), 30_00, 30_00, PARTIALLY_REFUNDED))
                    .when(reverse()).expectEvents(first(refundRequested(10_00, PARTIALLY_REFUNDED)));
        }

        private static ReversalRequested restVoided(PaymentStatus status) {
            return new ReversalRequested(PAYMENT, ORDER, VOID, ReversalKind.VOIDED, euro(60_00), AUTHORIZATION,
                    null, status);
        }
    }

    @Nested
    class Money_that_waits {

        @Test
        void for_the_customer_says_what_the_customer_has_to_do() {
            payment.given(requested()).when(customerHasToAct()).expectEvents(actionRequired());
        }

        @Test
        void for_the_customer_is_not_in_doubt_because_the_gateway_does_not_answer() {
            payment.given(requested(), actionRequired()).when(unknown(AUTHORIZE))
                    .expectSuccessfulHandlerExecution().expectNoEvents();
        }

        @Test
        void for_the_customer_is_set_aside_in_the_end() {
            payment.given(requested(), actionRequired()).when(succeeded(AUTHORIZE)).expectEvents(authorized());
        }

        @Test
        void for_the_customer_need_not_be_waited_for_when_the_order_is_given_up() {
            payment.given(requested(), actionRequired()).when(reverse())
                    .expectEvents(new ReversalRequested(PAYMENT, ORDER, VOID, ReversalKind.VOIDED, TOTAL,
                            AUTHORIZATION, Payments.ON_REVERSAL, PaymentStatus.ACTION_REQUIRED));
        }

        @Test
        void for_the_customer_is_given_back_as_soon_as_the_gateway_says_so() {
            payment.given(requested(), demanded(PaymentStatus.REQUESTED)).when(customerHasToAct())
                    .expectEvents(actionRequired(null), new ReversalRequested(PAYMENT, ORDER, VOID, ReversalKind.VOIDED,
                            TOTAL, AUTHORIZATION, null, PaymentStatus.ACTION_REQUIRED));
        }

        @Test
        void is_closed_by_the_void_so_that_nothing_is_left_open() {
            payment.given(requested(), actionRequired(), voidRequested(VOID), voided(VOID))
                    .when(begin(AUTHORIZE)).expectResultMessagePayload(false).expectNoEvents();
        }

        @Test
        void is_given_up_without_staff_when_the_customer_declined_meanwhile() {
            payment.given(requested(), actionRequired(), voidRequested(VOID), declined()).when(failed(VOID))
                    .expectEvents(new ReversalFailed(PAYMENT, ORDER, VOID, "bad_request",
                            "Never.", PaymentStatus.DECLINED), abandoned(PaymentStatus.DECLINED));
        }

        @Test
        void for_the_gateway_is_pending() {
            payment.given(requested()).when(pendingAt(AUTHORIZE))
                    .expectEvents(pending(AUTHORIZE, PaymentStatus.REQUESTED));
        }
    }

    @Nested
    class Beginning {

        @Test
        void goes_ahead_while_the_operation_is_wanted() {
            payment.given(requested()).when(begin(AUTHORIZE)).expectResultMessagePayload(true).expectNoEvents();
        }

        @Test
        void gives_up_what_the_gateway_has_never_heard_of() {
            payment.given(requested(), demanded(PaymentStatus.REQUESTED)).when(begin(AUTHORIZE))
                    .expectResultMessagePayload(false).expectEvents(abandoned(VOIDED));
        }

        @Test
        void goes_ahead_with_what_may_have_happened_although_it_is_given_up() {
            payment.given(requested(), uncertain(AUTHORIZE), demanded(PaymentStatus.UNKNOWN)).when(begin(AUTHORIZE))
                    .expectResultMessagePayload(true).expectNoEvents();
        }

        @Test
        void of_what_is_given_up_has_no_outcome_any_more() {
            payment.given(requested(), demanded(PaymentStatus.REQUESTED), abandoned(VOIDED))
                    .when(succeeded(AUTHORIZE)).expectNoEvents();
        }
    }
}
