package io.orderflow.payment.gateway.stripe;

import static io.orderflow.payment.gateway.stripe.Stripes.authorize;
import static io.orderflow.payment.gateway.stripe.Stripes.capture;
import static io.orderflow.payment.gateway.stripe.Stripes.refund;
import static io.orderflow.payment.gateway.stripe.Stripes.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.payment.gateway.GatewayBusyException;
import io.orderflow.payment.gateway.GatewayOperation;
import io.orderflow.payment.gateway.GatewayOutcome;
import io.orderflow.payment.gateway.PaymentGateway;
import io.orderflow.payment.gateway.stripe.StripeDouble.Trouble;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What comes of it when Stripe, or the way to it, has trouble. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class StripeTroubleTest {

    private static final List<Trouble> EFFECT_WITHOUT_ANSWER = List.of(Trouble.ANSWER_LOST, Trouble.ANSWER_LATE,
            Trouble.ERROR_AFTER_EFFECT, Trouble.MALFORMED, Trouble.TRUNCATED, Trouble.EMPTY, Trouble.HTML,
            Trouble.WITHOUT_CONTENT, Trouble.HUGE, Trouble.STRANGER_404);
    private static final List<Trouble> NO_EFFECT = List.of(Trouble.REQUEST_LOST, Trouble.ERROR, Trouble.RATE_LIMIT,
            Trouble.LOCK_TIMEOUT, Trouble.LOCK_TIMEOUT_AS_400, Trouble.KEY_IN_USE, Trouble.OUR_MISTAKE,
            Trouble.OTHER_MODE);

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

    static Stream<Trouble> allDoubts() {
        return Stream.concat(EFFECT_WITHOUT_ANSWER.stream(), NO_EFFECT.stream());
    }

    /** Each trouble with each operation. */
    static Stream<Arguments> doubtsAboutEachOperation() {
        return allDoubts().flatMap(trouble -> Stream.of(capture("1", 100_00), release(100_00), refund("1", 30_00))
                .map(operation -> Arguments.of(trouble, operation)));
    }

    /** Waits as long as it takes, unless that is for ever. */
    private PaymentGateway asking(Trouble trouble) {
        return trouble == Trouble.ANSWER_LATE ? Stripes.impatient(stripe) : gateway;
    }

    /** As the worker asks on. */
    private GatewayOutcome askOn(GatewayOperation operation) {
        return gateway.lookUp(operation).orElseGet(() -> gateway.perform(operation));
    }

    @ParameterizedTest
    @MethodSource("allDoubts")
    void an_authorization_in_doubt_is_unknown_and_then_made_exactly_once(Trouble trouble) {
        stripe.expects(trouble);

        assertThat(asking(trouble).perform(authorize()).status()).isEqualTo(OperationStatus.UNKNOWN);

        assertThat(askOn(authorize()).status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(askOn(authorize()).status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(gateway.perform(authorize()).status())
                .isIn(OperationStatus.SUCCEEDED, OperationStatus.UNKNOWN);
        assertThat(stripe.books().intents()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("doubtsAboutEachOperation")
    void an_operation_in_doubt_is_unknown_and_then_done_exactly_once(Trouble trouble, GatewayOperation operation) {
        gateway.perform(authorize());
        if (operation.id().contains("refund")) {
            gateway.perform(capture("1", 100_00));
        }
        // What may come before is a look at the PaymentIntent, and the note of a void.
        var before = switch (operation.kind()) {
            case CAPTURE -> new Trouble[] {Trouble.NONE};
            case VOID -> new Trouble[] {Trouble.NONE, Trouble.NONE};
            default -> new Trouble[0];
        };
        stripe.expects(before);
        stripe.expects(trouble);

        assertThat(asking(trouble).perform(operation).status()).isEqualTo(OperationStatus.UNKNOWN);

        assertThat(askOn(operation).status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(askOn(operation).status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(stripe.books().intent().received()).isIn(0L, 100_00L);
        assertThat(stripe.books().refunds().stream().mapToLong(StripeRepayment::moved).sum())
                .isEqualTo(operation.id().contains("refund") ? 30_00 : 0);
    }

    /** A search whose connection breaks is simply made again by the JDK's client: it changes nothing. */
    static Stream<Trouble> doubtsOfSearches() {
        return allDoubts().filter(trouble -> trouble != Trouble.ANSWER_LOST && trouble != Trouble.REQUEST_LOST);
    }

    @ParameterizedTest
    @MethodSource("doubtsOfSearches")
    void a_search_in_doubt_is_unknown_and_asks_for_nothing(Trouble trouble) {
        gateway.perform(authorize());
        stripe.expects(trouble);

        assertThat(asking(trouble).lookUp(authorize())).get().extracting(GatewayOutcome::status)
                .isEqualTo(OperationStatus.UNKNOWN);
    }

    @Test
    void a_lost_answer_is_asked_for_again_under_the_same_key() {
        stripe.expects(Trouble.ANSWER_LOST, Trouble.ANSWER_LOST);

        assertThat(Stripes.gateway(stripe, 3).perform(authorize()).status()).isEqualTo(OperationStatus.SUCCEEDED);

        assertThat(stripe.posts()).hasSize(3).extracting(StripeDouble.Request::idempotencyKey)
                .containsOnly(Stripes.AUTHORIZE);
        assertThat(stripe.books().intents()).hasSize(1);
    }

    @Test
    void nothing_but_the_guard_repeats_a_request() {
        stripe.expects(Trouble.ANSWER_LOST);

        gateway.perform(authorize());

        assertThat(stripe.requests()).hasSize(1);
    }

    @Test
    void an_authorization_is_found_after_its_key_has_expired_and_by_another_process() {
        stripe.expects(Trouble.ANSWER_LOST);
        gateway.perform(authorize());
        for (int i = 0; i < 250; i++) {
            stripe.books().passes(Duration.ofHours(1));
            gateway.perform(authorize("pay_2-authorize-" + i, "pm_card_visa", new Money("EUR", 1)));
        }

        gateway = Stripes.gateway(stripe, 1);

        assertThat(askOn(authorize())).extracting(GatewayOutcome::authorizationId).isEqualTo("pi_1");
        assertThat(stripe.books().intents()).hasSize(251);
    }

    @Test
    void an_authorization_is_searched_for_no_further_back_than_it_was_requested() {
        for (int i = 0; i < 150; i++) {
            gateway.perform(authorize("pay_2-authorize-" + i, "pm_card_visa", new Money("EUR", 1)));
        }
        stripe.books().passes(Duration.ofHours(1));
        var operation = authorize(Stripes.AUTHORIZE, stripe.books().now());
        stripe.expects(Trouble.REQUEST_LOST);
        gateway.perform(operation);
        int before = stripe.requests().size();

        assertThat(gateway.lookUp(operation)).isEmpty();

        assertThat(stripe.requests()).hasSize(before + 1);
    }

    @Test
    void a_key_that_was_used_for_something_else_decides_nothing() {
        gateway.perform(authorize());

        assertThat(gateway.perform(authorize(new Money("EUR", 1))).status()).isEqualTo(OperationStatus.UNKNOWN);
    }

    @Test
    void an_answer_about_another_amount_is_unknown() {
        gateway.perform(authorize());

        assertThat(gateway.lookUp(authorize(new Money("EUR", 1)))).get().extracting(GatewayOutcome::status)
                .isEqualTo(OperationStatus.UNKNOWN);
        assertThat(gateway.lookUp(authorize(new Money("USD", 100_00)))).get().extracting(GatewayOutcome::status)
                .isEqualTo(OperationStatus.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(names = {"KEY_REFUSED", "NOT_PERMITTED"})
    void a_refused_key_lets_payments_wait_and_is_logged_without_the_key(Trouble trouble, CapturedOutput output) {
        for (int i = 0; i < 10; i++) {
            stripe.expects(trouble);
            assertThatThrownBy(() -> Stripes.gateway(stripe, 3).perform(authorize()))
                    .asInstanceOf(InstanceOfAssertFactories.type(GatewayBusyException.class))
                    .extracting(GatewayBusyException::retryAfter).isEqualTo(Duration.ofMinutes(1));
        }
        assertThat(gateway.perform(authorize()).status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(output).contains("Stripe refuses our key").doesNotContain("sk_test").doesNotContain("rk_test");
    }

    @Test
    void a_refused_key_is_no_trouble_of_stripes() {
        for (int i = 0; i < 10; i++) {
            stripe.expects(Trouble.KEY_REFUSED);
            assertThatThrownBy(() -> gateway.perform(authorize())).isInstanceOf(GatewayBusyException.class);
        }
        assertThat(gateway.perform(authorize()).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void a_refused_key_does_not_take_a_doubt_away() {
        stripe.expects(Trouble.ANSWER_LOST, Trouble.KEY_REFUSED, Trouble.KEY_REFUSED);

        assertThat(Stripes.gateway(stripe, 3).perform(authorize()).status()).isEqualTo(OperationStatus.UNKNOWN);
    }

    @Test
    void a_refusal_decides_only_what_was_never_in_doubt() {
        stripe.expects(Trouble.REFUSED);
        assertThat(Stripes.gateway(stripe, 3).perform(authorize("pay_2-authorize-1", "pm_card_visa",
                new Money("EUR", 1))).code()).isEqualTo("amount_too_small");

        stripe.expects(Trouble.ANSWER_LOST, Trouble.REFUSED);
        assertThat(Stripes.gateway(stripe, 3).perform(authorize()).status()).isEqualTo(OperationStatus.UNKNOWN);
        stripe.expects(Trouble.REFUSED);
        assertThat(gateway.lookUp(authorize())).get().extracting(GatewayOutcome::isUnknown).isEqualTo(true);
        assertThat(askOn(authorize()).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void declines_and_refusals_are_no_trouble_of_stripes() {
        for (int i = 0; i < 20; i++) {
            gateway.perform(authorize("declined-" + i, "pm_card_visa_chargeDeclined", new Money("EUR", 1)));
            gateway.perform(authorize("unknown-" + i, "pm_unknown", new Money("EUR", 1)));
        }
        assertThat(gateway.perform(authorize()).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void is_not_asked_while_it_rests_after_five_failures_but_gives_money_back() {
        gateway.perform(authorize());
        stripe.expects(Trouble.ERROR, Trouble.ERROR, Trouble.ERROR, Trouble.ERROR, Trouble.ERROR);
        for (int i = 0; i < 5; i++) {
            gateway.lookUp(authorize());
        }

        assertThatThrownBy(() -> gateway.lookUp(authorize())).isInstanceOf(GatewayBusyException.class);
        assertThatThrownBy(() -> gateway.perform(capture("1", 1))).isInstanceOf(GatewayBusyException.class);
        assertThat(gateway.perform(release(100_00)).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void nobody_there_is_unknown() {
        stripe.close();

        assertThat(gateway.perform(authorize()).status()).isEqualTo(OperationStatus.UNKNOWN);
        assertThat(gateway.lookUp(authorize())).get().extracting(GatewayOutcome::isUnknown).isEqualTo(true);
    }

    @Test
    void an_unknown_outcome_says_what_stripes_support_asks_for_and_no_secret() {
        stripe.expects(Trouble.ERROR);

        assertThat(gateway.perform(authorize()).detail()).contains("HTTP 500").contains("req_1")
                .doesNotContain(StripeDouble.API_KEY);
    }
}
