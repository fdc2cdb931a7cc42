package io.orderflow.payment.gateway.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.net.Webhook;
import io.orderflow.payment.gateway.GatewayNotice;
import io.orderflow.payment.gateway.PaymentGateway;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeCallbacksTest {

    private static final String METADATA = """
            {"operation_id": "pay_1-authorize-1", "payment_id": "pay_1", "order_id": "ord_1"}""";

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
    void about_a_payment_intent_name_the_payment() {
        assertThat(read(event("payment_intent", METADATA)))
                .contains(new GatewayNotice("evt_1", new PaymentId("pay_1"), null));
    }

    @Test
    void about_a_charge_name_the_payment() {
        assertThat(read(event("charge", METADATA)))
                .contains(new GatewayNotice("evt_1", new PaymentId("pay_1"), null));
    }

    @Test
    void about_a_refund_name_the_operation_too() {
        assertThat(read(event("refund", METADATA.replace("authorize", "refund"))))
                .contains(new GatewayNotice("evt_1", new PaymentId("pay_1"), "pay_1-refund-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer", "dispute", "invoice"})
    void about_other_objects_are_none_of_our_business(String object) {
        assertThat(read(event(object, METADATA))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "{\"payment_id\": \"4711\"}", "{\"order_id\": \"ord_1\"}"})
    void about_what_others_do_with_the_account_are_none_of_our_business(String metadata) {
        assertThat(read(event("payment_intent", metadata))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2014-01-31", "2030-01-01.oak", "whatever"})
    void may_come_in_any_version_of_the_api(String version) {
        assertThat(read(event("payment_intent", METADATA).replace("2026-01-28.dahlia", version))).isPresent();
    }

    @Test
    void of_the_second_api_are_none_of_our_business() {
        assertThat(read("""
                {"id": "evt_1", "object": "v2.core.event", "related_object": {"id": "pi_1"}}""")).isEmpty();
    }

    @Test
    void signed_with_another_secret_are_refused() {
        var body = event("payment_intent", METADATA);

        assertRefused(body, signature(body, "whsec_other", stripe.books().now()), "invalid_signature");
    }

    @Test
    void changed_on_the_way_are_refused() {
        var body = event("payment_intent", METADATA);

        assertRefused(body.replace("pay_1", "pay_2"), signature(body, Stripes.WEBHOOK_SECRET, stripe.books().now()),
                "invalid_signature");
    }

    @Test
    void recorded_and_played_again_are_refused() {
        var body = event("payment_intent", METADATA);
        var signature = signature(body, Stripes.WEBHOOK_SECRET, stripe.books().now());
        stripe.books().passes(Duration.ofSeconds(301));

        assertRefused(body, signature, "invalid_signature");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "t", "t=,v1=", "t=abc,v1=00", "t=1,v0=00", "v1=00", ",,,"})
    void without_a_proper_signature_are_refused(String signature) {
        assertRefused(event("payment_intent", METADATA), signature, "invalid_signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{\"id\":", "<html>", "{\"id\":\"evt_1\",\"id\":\"evt_2\"}", "{\"id\":\"evt_1\"} x"})
    void that_are_signed_but_no_one_document_are_refused(String body) {
        assertRefused(body, signature(body, Stripes.WEBHOOK_SECRET, stripe.books().now()), "malformed_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":4}"})
    void that_are_signed_but_not_readable_are_refused(String body) {
        assertRefused(body, signature(body, Stripes.WEBHOOK_SECRET, stripe.books().now()), "invalid_callback");
    }

    private Optional<GatewayNotice> read(String body) {
        return read(body, signature(body, Stripes.WEBHOOK_SECRET, stripe.books().now()));
    }

    private Optional<GatewayNotice> read(String body, String signature) {
        return gateway.read(body.getBytes(StandardCharsets.UTF_8),
                name -> name.equals("Stripe-Signature") ? signature : null);
    }

    private void assertRefused(String body, String signature, String code) {
        assertThatThrownBy(() -> read(body, signature)).asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
                .extracting(refusal -> refusal.details().code()).isEqualTo(code);
    }

    private static String event(String object, String metadata) {
        return """
                {"id": "evt_1", "object": "event", "api_version": "2026-01-28.dahlia", "created": 1790000000,
                 "type": "%1$s.something", "livemode": false, "pending_webhooks": 1,
                 "data": {"object": {"id": "pi_1", "object": "%1$s", "metadata": %2$s}}}""".formatted(object, metadata);
    }

    /** As Stripe signs, after a rotation with the old secret too. */
    private static String signature(String body, String secret, Instant at) {
        try {
            return "t=%1$d,v1=%2$s,v1=%3$s,v0=%2$s".formatted(at.getEpochSecond(), "0".repeat(64),
                    Webhook.Util.computeHmacSha256(secret, at.getEpochSecond() + "." + body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
