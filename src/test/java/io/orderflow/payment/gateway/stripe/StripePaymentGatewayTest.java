package io.orderflow.payment.gateway.stripe;

import static io.orderflow.payment.gateway.stripe.Stripes.AUTHORIZE;
import static io.orderflow.payment.gateway.stripe.Stripes.authorize;
import static io.orderflow.payment.gateway.stripe.Stripes.capture;
import static io.orderflow.payment.gateway.stripe.Stripes.following;
import static io.orderflow.payment.gateway.stripe.Stripes.refund;
import static io.orderflow.payment.gateway.stripe.Stripes.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.payment.event.NextAction;
import io.orderflow.payment.gateway.GatewayOutcome;
import io.orderflow.payment.gateway.PaymentGateway;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class StripePaymentGatewayTest {

    StripeDouble stripe;
    PaymentGateway gateway;

    @BeforeEach
    void start() throws IOException {
        stripe = new StripeDouble();
        gateway = Stripes.gateway(stripe, 1);
    }

    @AfterEach
    void stop() {
        stripe.close();
    }

    @Test
    void is_called_stripe() {
        assertThat(gateway.name()).isEqualTo("stripe");
    }

    @Nested
    class authorizing {

        @Test
        void sets_money_aside_until_stripe_says() {
            assertThat(gateway.perform(authorize())).isEqualTo(
                    GatewayOutcome.succeeded("pi_1", Instant.parse("2026-12-01T10:00:00Z")));

            assertThat(stripe.books().intent().status()).isEqualTo("requires_capture");
            assertThat(stripe.books().intent().capturable()).isEqualTo(100_00);
            assertThat(stripe.books().intent().received()).isZero();
        }

        @Test
        void says_what_stripe_documents_for_a_confirmation_on_the_server_and_nothing_else() {
            gateway.perform(authorize());

            assertThat(stripe.posts()).singleElement().isEqualTo(new StripeDouble.Request("POST",
                    "/v1/payment_intents", AUTHORIZE, Map.ofEntries(Map.entry("amount", "10000"),
                            Map.entry("currency", "eur"), Map.entry("capture_method", "manual"),
                            Map.entry("confirm", "true"), Map.entry("payment_method", "pm_card_visa"),
                            Map.entry("automatic_payment_methods[enabled]", "true"),
                            Map.entry("return_url", "https://shop.example/orders/ord_1/paid"),
                            Map.entry("payment_method_options[card][request_multicapture]", "if_available"),
                            Map.entry("metadata[operation_id]", AUTHORIZE), Map.entry("metadata[payment_id]", "pay_1"),
                            Map.entry("metadata[order_id]", "ord_1"), Map.entry("expand[0]", "latest_charge"))));
        }

        @ParameterizedTest
        @CsvSource({"pm_card_visa_chargeDeclined, generic_decline",
                "pm_card_visa_chargeDeclinedInsufficientFunds, insufficient_funds",
                "pm_card_chargeDeclinedExpiredCard, expired_card"})
        void hears_a_decline(String method, String code) {
            var declined = GatewayOutcome.declined(code, "The bank declined: " + code);

            assertThat(gateway.perform(authorize(method))).isEqualTo(declined);
            assertThat(gateway.lookUp(authorize(method))).contains(declined);
        }

        @Test
        void sends_the_customer_to_the_bank() {
            var waiting = GatewayOutcome.actionRequired("pi_1",
                    new NextAction("redirect", "https://hooks.stripe.com/redirect/pi_1", null));

            assertThat(gateway.perform(authorize("pm_card_authenticationRequired"))).isEqualTo(waiting);
            assertThat(gateway.lookUp(authorize("pm_card_authenticationRequired"))).contains(waiting);
        }

        @Test
        void succeeds_once_the_customer_has_authenticated() {
            var operation = authorize("pm_card_authenticationRequired");
            gateway.perform(operation);

            stripe.books().intent().authorize();

            assertThat(gateway.lookUp(operation)).get().extracting(GatewayOutcome::status)
                    .isEqualTo(OperationStatus.SUCCEEDED);
            assertThat(gateway.perform(operation).status()).as("not the answer of old")
                    .isEqualTo(OperationStatus.SUCCEEDED);
        }

        @Test
        void is_read_by_its_id_once_stripe_has_named_it() {
            gateway.perform(authorize("pm_card_authenticationRequired"));
            int before = stripe.requests().size();

            assertThat(gateway.lookUp(Stripes.authorizeKnown("pm_card_authenticationRequired"))).get()
                    .extracting(GatewayOutcome::status).isEqualTo(OperationStatus.ACTION_REQUIRED);

            assertThat(stripe.requests().subList(before, before + 1)).singleElement()
                    .extracting(StripeDouble.Request::path).isEqualTo("/v1/payment_intents/pi_1");
        }

        @Test
        void is_unknown_while_the_address_to_send_the_customer_to_is_longer_than_the_tables_hold() {
            gateway.perform(authorize("pm_card_authenticationRequired"));
            stripe.books().intent().redirectsTo("https://bank.example/" + "u".repeat(2000));

            assertThat(gateway.lookUp(authorize())).get().extracting(GatewayOutcome::status)
                    .isEqualTo(OperationStatus.UNKNOWN);
        }

        @Test
        void is_declined_when_the_customer_does_not_authenticate() {
            var operation = authorize("pm_card_authenticationRequired");
            gateway.perform(operation);

            stripe.books().intent().decline("payment_intent_authentication_failure", null);

            assertThat(gateway.lookUp(operation)).get().extracting(GatewayOutcome::code)
                    .isEqualTo("payment_intent_authentication_failure");
        }

        @Test
        void names_an_action_that_only_stripe_js_can_take() {
            gateway.perform(authorize("pm_card_authenticationRequired"));

            stripe.books().intent().requireAction("use_stripe_sdk");

            assertThat(gateway.lookUp(authorize())).contains(
                    GatewayOutcome.actionRequired("pi_1", new NextAction("use_stripe_sdk", null, null)));
        }

        @ParameterizedTest
        @CsvSource({"processing, PENDING", "requires_payment_method, DECLINED", "canceled, DECLINED",
                "succeeded, SUCCEEDED", "requires_confirmation, UNKNOWN", "perhaps, UNKNOWN"})
        void reads_every_status(String status, OperationStatus read) {
            gateway.perform(authorize());

            stripe.books().intent().require(status);

            assertThat(gateway.lookUp(authorize())).get().extracting(GatewayOutcome::status).isEqualTo(read);
        }

        @Test
        void says_why_stripe_cancelled_it() {
            gateway.perform(authorize());

            stripe.books().intent().cancel(stripe.books().now(), "automatic");

            assertThat(gateway.lookUp(authorize())).contains(
                    GatewayOutcome.declined("automatic", "The bank declined: automatic"));
        }

        @Test
        void fails_for_good_when_stripe_knows_no_such_payment_method() {
            assertThat(gateway.perform(authorize("pm_unknown"))).isEqualTo(GatewayOutcome.failed("resource_missing",
                    "Stripe refused: No such PaymentMethod: 'pm_unknown'"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"4242424242424242", "tok_ok", "pm_card 4242", "card[number]=4242424242424242"})
        void lets_nothing_but_a_payment_method_out(String token) {
            assertThat(gateway.perform(authorize(token)).code()).isEqualTo("invalid_payment_method");

            assertThat(stripe.requests()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"EUR, 1299, 1299", "JPY, 500, 500", "KWD, 5120, 5120", "ISK, 5, 500", "UGX, 5, 500",
                "HUF, 1045, 1045", "TWD, 80045, 80045", "MGA, 500, 5"})
        void sends_the_amount_as_stripe_counts(String currency, long minorUnits, long atStripe) {
            var operation = authorize(new Money(currency, minorUnits));

            assertThat(gateway.perform(operation).status()).isEqualTo(OperationStatus.SUCCEEDED);

            assertThat(stripe.books().intent().amount()).isEqualTo(atStripe);
            assertThat(stripe.books().intent().currency()).isEqualTo(currency.toLowerCase(Locale.ROOT));
        }

        @ParameterizedTest
        @CsvSource({"KWD, 5124", "MGA, 501", "IQD, 1000", "CLF, 10000"})
        void refuses_an_amount_that_stripe_cannot_take_instead_of_rounding(String currency, long minorUnits) {
            assertThat(gateway.perform(authorize(new Money(currency, minorUnits))).code())
                    .isEqualTo("amount_not_supported");
            assertThat(gateway.lookUp(authorize(new Money(currency, minorUnits)))).isEmpty();

            assertThat(stripe.posts()).isEmpty();
        }
    }

    @Nested
    class capturing {

        @BeforeEach
        void authorized() {
            gateway.perform(authorize());
        }

        @Test
        void takes_all_and_keeps_nothing_authorized() {
            assertThat(gateway.perform(capture("1", 100_00))).isEqualTo(GatewayOutcome.succeeded("pi_1"));

            assertThat(stripe.books().intent().received()).isEqualTo(100_00);
            assertThat(stripe.books().intent().status()).isEqualTo("succeeded");
        }

        @Test
        void takes_what_each_shipment_is_worth_and_keeps_the_rest_authorized() {
            gateway.perform(capture("1", 40_00));
            assertThat(stripe.books().intent().capturable()).isEqualTo(60_00);

            assertThat(gateway.perform(capture("2", 60_00)).status()).isEqualTo(OperationStatus.SUCCEEDED);
            assertThat(stripe.books().intent().received()).isEqualTo(100_00);
            assertThat(stripe.books().intent().status()).isEqualTo("succeeded");
        }

        @Test
        void keeps_the_authorization_under_its_own_name() {
            gateway.perform(capture("1", 40_00));

            assertThat(gateway.lookUp(authorize())).get().extracting(GatewayOutcome::status)
                    .isEqualTo(OperationStatus.SUCCEEDED);
            assertThat(stripe.books().intent().metadata()).containsEntry("operation_id", AUTHORIZE)
                    .containsValue("pay_1-capture-1 4000");
        }

        @Test
        void says_once_and_for_all_whether_a_capture_was_made() {
            gateway.perform(capture("1", 40_00));
            stripe.books().passes(Duration.ofHours(30));

            assertThat(gateway.lookUp(capture("1", 40_00))).contains(GatewayOutcome.succeeded("pi_1"));
            assertThat(gateway.lookUp(capture("2", 40_00))).isEmpty();
            assertThat(gateway.perform(capture("1", 40_00)).status()).isEqualTo(OperationStatus.SUCCEEDED);
            assertThat(stripe.books().intent().received()).isEqualTo(40_00);
        }

        @Test
        void asks_again_when_its_note_does_not_fit_the_money_taken() {
            stripe.books().intent().metadata().put("capture_0", "pay_1-capture-1 4000");

            assertThat(gateway.lookUp(capture("1", 40_00))).isEmpty();
        }

        @Test
        void fails_for_good_when_more_is_wanted_than_is_set_aside() {
            assertThat(gateway.perform(capture("1", 100_01)).status()).isEqualTo(OperationStatus.FAILED);
            assertThat(gateway.perform(capture("1", 100_01)).code()).isEqualTo("amount_too_large");
        }

        @Test
        void fails_for_good_when_it_is_too_late() {
            stripe.books().passes(Duration.ofDays(8));

            assertThat(gateway.perform(capture("1", 100_00)).code()).isEqualTo("payment_intent_unexpected_state");
        }

        @Test
        void is_unknown_while_stripe_knows_no_such_authorization() {
            var operation = following(Kind.CAPTURE, "pay_1-capture-1", new Money("EUR", 1), "pi_nobody");

            assertThat(gateway.perform(operation).status()).isEqualTo(OperationStatus.UNKNOWN);
            assertThat(gateway.lookUp(operation)).get().extracting(GatewayOutcome::isUnknown).isEqualTo(true);
        }

        @Test
        void touches_no_other_payments_money() {
            stripe.books().intent().metadata().put("payment_id", "pay_2");

            assertThat(gateway.perform(capture("1", 40_00)).status()).isEqualTo(OperationStatus.UNKNOWN);
            assertThat(gateway.perform(release(100_00)).status()).isEqualTo(OperationStatus.UNKNOWN);
            assertThat(stripe.books().intent().capturable()).isEqualTo(100_00);
        }
    }

    @Nested
    class capturing_a_card_that_can_be_captured_once {

        @BeforeEach
        void authorized() {
            gateway.perform(authorize("pm_card_credit_disableEnterpriseCardFeatures"));
        }

        @Test
        void takes_a_part_and_releases_the_rest() {
            assertThat(gateway.perform(capture("1", 40_00)).status()).isEqualTo(OperationStatus.SUCCEEDED);

            assertThat(stripe.books().intent().received()).isEqualTo(40_00);
            assertThat(stripe.books().intent().capturable()).isZero();
        }

        @Test
        void fails_for_good_the_second_time() {
            gateway.perform(capture("1", 40_00));

            assertThat(gateway.perform(capture("2", 60_00)).code()).isEqualTo("payment_intent_unexpected_state");
        }

        @Test
        void has_nothing_left_to_void() {
            gateway.perform(capture("1", 40_00));

            assertThat(gateway.perform(release(60_00)).status()).isEqualTo(OperationStatus.SUCCEEDED);
            assertThat(gateway.lookUp(release(60_00))).get().extracting(GatewayOutcome::status)
                    .isEqualTo(OperationStatus.SUCCEEDED);
        }
    }

    @Nested
    class voiding {

        @Test
        void releases_what_is_set_aside() {
            gateway.perform(authorize());
            assertThat(gateway.lookUp(release(100_00))).isEmpty();

            assertThat(gateway.perform(release(100_00))).isEqualTo(GatewayOutcome.succeeded("pi_1"));

            assertThat(stripe.books().intent().status()).isEqualTo("canceled");
            assertThat(gateway.lookUp(release(100_00))).contains(GatewayOutcome.succeeded("pi_1"));
        }

        @Test
        void ends_the_wait_for_the_customer() {
            gateway.perform(authorize("pm_card_authenticationRequired"));

            assertThat(gateway.perform(release(100_00)).status()).isEqualTo(OperationStatus.SUCCEEDED);
            assertThat(stripe.books().intent().status()).isEqualTo("canceled");
        }

        @Test
        void releases_what_was_not_captured() {
            gateway.perform(authorize());
            gateway.perform(capture("1", 40_00));

            assertThat(gateway.perform(release(60_00)).status()).isEqualTo(OperationStatus.SUCCEEDED);

            assertThat(stripe.books().intent().status()).isEqualTo("succeeded");
            assertThat(stripe.books().intent().received()).isEqualTo(40_00);
            assertThat(stripe.books().intent().capturable()).isZero();
        }

        @Test
        void fails_for_good_when_the_money_was_taken() {
            gateway.perform(authorize());
            stripe.books().intent().capture(100_00, true, stripe.books().now());

            assertThat(gateway.perform(release(100_00)).status()).isEqualTo(OperationStatus.FAILED);
        }

        @Test
        void that_happened_already_changes_nothing() {
            gateway.perform(authorize());
            gateway.perform(release(100_00));
            int before = stripe.posts().size();

            assertThat(gateway.perform(release(100_00)).status()).isEqualTo(OperationStatus.SUCCEEDED);
            assertThat(stripe.posts()).hasSize(before);
        }
    }

    @Nested
    class refunding {

        private void captured(String method) {
            gateway.perform(authorize(method));
            gateway.perform(capture("1", 100_00));
        }

        @Test
        void pays_back_a_part() {
            captured("pm_card_visa");

            assertThat(gateway.perform(refund("1", 40_00))).isEqualTo(GatewayOutcome.succeeded("pi_1"));

            assertThat(stripe.books().refunds()).singleElement().extracting(StripeRepayment::amount).isEqualTo(40_00L);
            assertThat(gateway.lookUp(refund("1", 40_00))).contains(GatewayOutcome.succeeded("pi_1"));
            assertThat(gateway.lookUp(refund("2", 40_00))).isEmpty();
        }

        @Test
        void waits_for_a_refund_that_is_pending() {
            captured("pm_card_pendingRefund");

            assertThat(gateway.perform(refund("1", 40_00))).isEqualTo(GatewayOutcome.pending("pi_1"));

            stripe.books().refunds().get(0).turns("succeeded", null);
            assertThat(gateway.lookUp(refund("1", 40_00))).contains(GatewayOutcome.succeeded("pi_1"));
            assertThat(gateway.perform(refund("1", 40_00)).status()).as("not the answer of old")
                    .isEqualTo(OperationStatus.SUCCEEDED);
        }

        @Test
        void hears_of_a_refund_that_bounces() {
            captured("pm_card_refundFail");
            assertThat(gateway.perform(refund("1", 40_00)).status()).isEqualTo(OperationStatus.SUCCEEDED);

            stripe.books().refunds().get(0).turns("failed", "expired_or_canceled_card");

            assertThat(gateway.lookUp(refund("1", 40_00))).contains(GatewayOutcome.failed("expired_or_canceled_card",
                    "Stripe refused: expired_or_canceled_card"));
        }

        @ParameterizedTest
        @CsvSource({"requires_action, PENDING", "canceled, FAILED", "failed, FAILED", "perhaps, UNKNOWN"})
        void reads_every_status(String status, OperationStatus read) {
            captured("pm_card_visa");
            gateway.perform(refund("1", 40_00));

            stripe.books().refunds().get(0).turns(status, null);

            assertThat(gateway.lookUp(refund("1", 40_00))).get().extracting(GatewayOutcome::status).isEqualTo(read);
        }

        @Test
        void fails_for_good_when_there_is_not_so_much_to_pay_back() {
            captured("pm_card_visa");

            assertThat(gateway.perform(refund("1", 100_01)).code()).isEqualTo("amount_too_large");
            gateway.perform(refund("2", 100_00));
            assertThat(gateway.perform(refund("3", 1)).code()).isEqualTo("charge_already_refunded");
        }

        @Test
        void is_found_among_many() {
            captured("pm_card_visa");
            for (int i = 0; i < 120; i++) {
                gateway.perform(refund("r" + i, 10));
            }
            assertThat(gateway.lookUp(refund("r0", 10))).get().extracting(GatewayOutcome::status)
                    .isEqualTo(OperationStatus.SUCCEEDED);
        }
    }

    @Test
    void every_request_that_changes_something_has_its_key_and_none_has_a_card() {
        gateway.perform(authorize());
        gateway.perform(capture("1", 40_00));
        gateway.perform(refund("1", 10_00));
        gateway.perform(release(60_00));
        stripe.books().intents().clear();
        gateway.perform(authorize("pay_1-authorize-2", "pm_card_visa", new Money("EUR", 1)));
        gateway.perform(following(Kind.VOID, "pay_1-void-2", 1));

        assertThat(stripe.posts()).extracting(StripeDouble.Request::idempotencyKey).containsExactly(AUTHORIZE,
                "pay_1-capture-1", "pay_1-refund-1", "pay_1-void-1", "pay_1-authorize-2", "pay_1-void-2-note",
                "pay_1-void-2");
        assertThat(stripe.requests()).flatExtracting(request -> request.params().keySet())
                .noneMatch(name -> name.matches(".*(number|cvc|exp_month|exp_year|payment_method_data).*"));
    }
}
