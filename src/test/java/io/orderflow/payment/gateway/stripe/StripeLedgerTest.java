package io.orderflow.payment.gateway.stripe;

import static io.orderflow.payment.gateway.stripe.Stripes.authorize;
import static io.orderflow.payment.gateway.stripe.Stripes.capture;
import static io.orderflow.payment.gateway.stripe.Stripes.refund;
import static io.orderflow.payment.gateway.stripe.Stripes.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.gateway.PaymentGateway;
import io.orderflow.payment.gateway.stripe.StripeDouble.Trouble;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class StripeLedgerTest {

    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

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
    void has_one_entry_per_operation_under_our_ids() {
        gateway.perform(authorize());
        later();
        gateway.perform(capture("1", 40_00));
        later();
        gateway.perform(refund("1", 10_00));
        later();
        gateway.perform(release(60_00));

        assertThat(ledger(START)).containsExactly(
                entry("pay_1-authorize-1", "pi_1", Kind.AUTHORIZE, 100_00, 0),
                entry("pay_1-capture-1", "pi_1", Kind.CAPTURE, 40_00, 3),
                entry("pay_1-void-1", "pi_1", Kind.VOID, 60_00, 3),
                entry("pay_1-refund-1", "re_1", Kind.REFUND, 10_00, 2));
    }

    @Test
    void tells_captures_apart() {
        gateway.perform(authorize());
        gateway.perform(capture("1", 40_00));
        gateway.perform(capture("2", 60_00));

        assertThat(ledger(START)).extracting(GatewayEntry::operationId, entry -> entry.amount().amount())
                .containsExactlyInAnyOrder(tuple("pay_1-authorize-1", 100_00L),
                        tuple("pay_1-capture-1", 40_00L),
                        tuple("pay_1-capture-2", 60_00L));
    }

    @Test
    void knows_a_void_as_such_and_not_as_a_refund() {
        gateway.perform(authorize());
        later();
        gateway.perform(release(100_00));

        assertThat(ledger(START)).containsExactly(
                entry("pay_1-authorize-1", "pi_1", Kind.AUTHORIZE, 100_00, 0),
                entry("pay_1-void-1", "pi_1", Kind.VOID, 100_00, 1));
    }

    @Test
    void has_what_was_done_without_us_under_no_id() {
        gateway.perform(authorize("pay_2-authorize-1", "pm_card_visa", new Money("EUR", 50_00)));
        gateway.perform(authorize());
        gateway.perform(capture("1", 10_00));
        stripe.books().intents().get(0).capture(20_00, false, stripe.books().now());
        stripe.books().intents().get(1).cancel(stripe.books().now(), "automatic");
        stripe.books().intents().get(0).metadata().remove("operation_id");

        assertThat(ledger(START)).extracting(GatewayEntry::operationId, GatewayEntry::kind,
                entry -> entry.amount().amount()).contains(
                        tuple(null, Kind.AUTHORIZE, 50_00L),
                        tuple(null, Kind.CAPTURE, 20_00L),
                        tuple(null, Kind.VOID, 100_00L));
    }

    @Test
    void does_not_believe_a_note_that_no_money_stands_behind() {
        gateway.perform(authorize());
        stripe.books().intent().metadata().put("capture_0", "pay_1-capture-1 4000");

        assertThat(ledger(START)).extracting(GatewayEntry::status)
                .containsExactly(OperationStatus.SUCCEEDED, OperationStatus.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"pm_card_visa_chargeDeclined, DECLINED", "pm_card_authenticationRequired, ACTION_REQUIRED"})
    void says_how_an_authorization_stands(String method, OperationStatus status) {
        gateway.perform(authorize(method));

        assertThat(ledger(START)).singleElement().extracting(GatewayEntry::status).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"processing, PENDING", "requires_confirmation, ACTION_REQUIRED", "perhaps, UNKNOWN"})
    void says_how_an_authorization_stands_in_between(String stripes, OperationStatus status) {
        gateway.perform(authorize());
        stripe.books().intent().require(stripes);

        assertThat(ledger(START)).singleElement().extracting(GatewayEntry::status).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"pending, PENDING", "requires_action, PENDING", "failed, FAILED", "canceled, FAILED",
            "perhaps, UNKNOWN"})
    void says_how_a_refund_stands(String stripes, OperationStatus status) {
        gateway.perform(authorize());
        gateway.perform(capture("1", 100_00));
        gateway.perform(refund("1", 10_00));
        stripe.books().refunds().get(0).turns(stripes, null);

        assertThat(ledger(START)).last().extracting(GatewayEntry::status).isEqualTo(status);
    }

    @Test
    void has_captures_since_then_of_what_was_authorized_before() {
        gateway.perform(authorize());
        stripe.books().passes(Duration.ofDays(5));
        gateway.perform(capture("1", 100_00));

        assertThat(ledger(START.plus(Duration.ofDays(4)))).singleElement()
                .extracting(GatewayEntry::operationId).isEqualTo("pay_1-capture-1");
        assertThat(ledger(START.plus(Duration.ofDays(6)))).isEmpty();
    }

    @Test
    void is_in_the_currencys_own_minor_units() {
        gateway.perform(authorize("pay_1-authorize-1", "pm_card_visa", new Money("ISK", 5)));
        gateway.perform(authorize("pay_1-authorize-2", "pm_card_visa", new Money("KWD", 5120)));

        assertThat(ledger(START)).extracting(GatewayEntry::amount)
                .containsExactlyInAnyOrder(new Money("ISK", 5), new Money("KWD", 5120));
    }

    @Test
    void is_complete_however_long_it_is() {
        var ids = IntStream.range(0, 350).mapToObj(i -> "pay_1-authorize-" + i).toList();
        for (int i = 0; i < ids.size(); i++) {
            // Bursts of more than a page within a second, and quiet days.
            stripe.books().passes(i == 150 ? Duration.ofDays(3) : i > 200 ? Duration.ofMinutes(i) : Duration.ZERO);
            gateway.perform(authorize(ids.get(i), "pm_card_visa", new Money("EUR", 1)));
        }

        assertThat(ledger(START)).extracting(GatewayEntry::operationId).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(ledger(Instant.EPOCH)).extracting(GatewayEntry::operationId).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void is_read_only_as_far_as_it_is_wanted() {
        for (int i = 0; i < 300; i++) {
            stripe.books().passes(Duration.ofHours(1));
            gateway.perform(authorize("pay_1-authorize-" + i, "pm_card_visa", new Money("EUR", 1)));
        }
        int before = stripe.requests().size();

        try (var ledger = gateway.ledger(START)) {
            assertThat(ledger.iterator().next().operationId()).isEqualTo("pay_1-authorize-299");
        }
        int first = stripe.requests().size() - before;
        ledger(START);

        assertThat(stripe.requests().size() - before - first).isGreaterThan(first);
        assertThat(stripe.requests()).filteredOn(request -> request.method().equals("GET"))
                .allMatch(request -> request.params().get("limit").equals("100"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ERROR", "TRUNCATED", "KEY_REFUSED", "NOT_PERMITTED", "MALFORMED", "EMPTY",
            "RATE_LIMIT"})
    void that_stripe_does_not_show_is_unknown(Trouble trouble) {
        stripe.expects(trouble);

        assertThatThrownBy(() -> ledger(START)).isInstanceOf(AnswerUnknownException.class);
    }

    private List<GatewayEntry> ledger(Instant since) {
        try (var entries = gateway.ledger(since)) {
            return entries.toList();
        }
    }

    private void later() {
        stripe.books().passes(Duration.ofMinutes(1));
    }

    private static GatewayEntry entry(String operation, String reference, Kind kind, long cents, int minutes) {
        return new GatewayEntry(operation, reference, kind, new Money("EUR", cents), OperationStatus.SUCCEEDED,
                START.plus(Duration.ofMinutes(minutes)));
    }
}
