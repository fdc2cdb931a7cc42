package io.orderflow.payment.gateway.http;

import static io.orderflow.payment.Gateways.authorize;
import static io.orderflow.payment.Gateways.following;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.payment.Gateways;
import io.orderflow.payment.Ledger;
import io.orderflow.payment.Payments;
import io.orderflow.payment.StrangeGateway;
import io.orderflow.payment.gateway.GatewayBusyException;
import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.gateway.GatewayOutcome;
import io.orderflow.payment.gateway.Guards;
import io.orderflow.payment.gateway.PaymentGateway;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.sandbox.SandboxGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class HttpPaymentGatewayTest {

    @Nested
    class With_the_sandbox {

        SandboxGateway sandbox;
        PaymentGateway gateway;
        Ledger ledger;

        @BeforeEach
        void start(@TempDir Path directory) {
            sandbox = SandboxGateway.start("--port=0", "--ledger=" + directory.resolve("ledger.jsonl"));
            ledger = new Ledger("http://127.0.0.1:" + sandbox.port());
            gateway = Gateways.at(ledger.url(), 1, 4);
        }

        @AfterEach
        void stop() {
            sandbox.close();
        }

        @Test
        void authorizes_captures_and_refunds_under_our_own_ids() {
            var authorization = gateway.perform(authorize("tok_ok"));
            var capture = gateway.perform(
                    following(Kind.CAPTURE, "capture-1", 40_00, authorization.authorizationId()));
            var refund = gateway.perform(following(Kind.REFUND, "refund-1", 40_00, authorization.authorizationId()));

            assertThat(authorization.status()).isEqualTo(OperationStatus.SUCCEEDED);
            assertThat(authorization.captureBefore()).isAfter(Instant.now());
            assertThat(capture).isEqualTo(GatewayOutcome.succeeded(authorization.authorizationId()));
            assertThat(refund).isEqualTo(capture);
            assertThat(ledger.facts()).containsExactly("authorized pay_1-authorize-1 10000", "captured capture-1 4000",
                    "refunded refund-1 4000");
        }

        @Test
        void takes_the_refusal_of_a_void_for_what_it_is() {
            var declined = gateway.perform(authorize("tok_3ds"));
            gateway.perform(following(Kind.VOID, "void-1", 100_00, declined.authorizationId()));

            var outcome = gateway.perform(following(Kind.VOID, "void-2", 100_00, declined.authorizationId()));

            assertThat(outcome.status()).isEqualTo(OperationStatus.FAILED);
            assertThat(outcome.code()).isEqualTo("authorization_voided");
        }

        @Test
        void says_where_the_customer_has_to_act() {
            var outcome = gateway.perform(authorize("tok_3ds"));

            assertThat(outcome.status()).isEqualTo(OperationStatus.ACTION_REQUIRED);
            assertThat(outcome.nextAction().type()).isEqualTo("redirect");
            assertThat(outcome.nextAction().url()).contains(outcome.authorizationId());
            assertThat(outcome.nextAction().expiresAt()).isAfter(Instant.now());
            assertThat(gateway.lookUp(authorize("tok_3ds"))).contains(outcome);
        }

        @Test
        void says_that_the_bank_takes_its_time() {
            var outcome = gateway.perform(authorize("tok_pending"));

            assertThat(outcome.status()).isEqualTo(OperationStatus.PENDING);
            assertThat(outcome.isFinal()).isFalse();
        }

        @Test
        void reads_the_whole_ledger_page_by_page() {
            int operations = 510;
            IntStream.range(0, operations).forEach(number ->
                    gateway.perform(authorize("bulk-" + number, number % 2 == 0 ? "tok_ok" : "tok_declined")));

            try (var ledger = gateway.ledger(Instant.now().minusSeconds(600))) {
                var entries = ledger.toList();
                assertThat(entries).extracting(GatewayEntry::operationId).hasSize(operations).doesNotHaveDuplicates();
                assertThat(entries).extracting(GatewayEntry::status)
                        .containsOnly(OperationStatus.SUCCEEDED, OperationStatus.DECLINED);
                assertThat(entries).allSatisfy(entry -> {
                    assertThat(entry.kind()).isEqualTo(Kind.AUTHORIZE);
                    assertThat(entry.amount()).isEqualTo(Payments.TOTAL);
                });
            }
            try (var ledger = gateway.ledger(Instant.now().plusSeconds(600))) {
                assertThat(ledger).isEmpty();
            }
        }

        @Test
        void voids() {
            var authorization = gateway.perform(authorize("tok_ok"));

            var outcome = gateway.perform(following(Kind.VOID, "void-1", 100_00, authorization.authorizationId()));

            assertThat(outcome.status()).isEqualTo(OperationStatus.SUCCEEDED);
            assertThat(ledger.facts()).containsExactly("authorized pay_1-authorize-1 10000", "voided void-1 10000");
        }

        @ParameterizedTest
        @CsvSource({"tok_declined, card_declined", "tok_insufficient, insufficient_funds"})
        void hears_a_decline(String token, String code) {
            assertThat(gateway.perform(authorize(token)))
                    .isEqualTo(GatewayOutcome.declined(code, "The bank declined: " + code));
        }

        @Test
        void declines_are_no_failures_of_the_gateway() {
            for (int i = 0; i < 20; i++) {
                gateway.perform(authorize("declined-" + i, "tok_declined"));
            }
            assertThat(gateway.perform(authorize("tok_ok")).status()).isEqualTo(OperationStatus.SUCCEEDED);
        }

        @Test
        void hears_a_refusal_for_good() {
            assertThat(gateway.perform(following(Kind.CAPTURE, "capture-1", 1, "auth_nobody")))
                    .isEqualTo(GatewayOutcome.failed("unknown_authorization",
                            "The gateway refused: unknown_authorization"));
        }

        @Test
        void a_silence_after_charging_is_unknown_until_looked_up() {
            var operation = authorize("tok_timeout_after_charge");

            assertThat(gateway.perform(operation)).isEqualTo(
                    GatewayOutcome.unknown("No response from the gateway: timed out"));

            assertThat(gateway.lookUp(operation)).get().extracting(GatewayOutcome::status)
                    .isEqualTo(OperationStatus.SUCCEEDED);
            assertThat(ledger.facts()).hasSize(1);
        }

        @Test
        void a_silence_before_charging_is_unknown_until_looked_up() {
            var operation = authorize("tok_timeout_before_charge");

            assertThat(gateway.perform(operation).status()).isEqualTo(OperationStatus.UNKNOWN);

            assertThat(gateway.lookUp(operation)).isEmpty();
            assertThat(ledger.facts()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"tok_timeout_after_charge", "tok_timeout_before_charge", "tok_flaky"})
        void asking_again_under_the_same_id_charges_once(String token) {
            var patient = Gateways.at(ledger.url(), 3, 4);

            assertThat(patient.perform(authorize(token)).status()).isEqualTo(OperationStatus.SUCCEEDED);
            assertThat(ledger.facts()).containsExactly("authorized pay_1-authorize-1 10000");
        }

        @Test
        void nobody_there_is_unknown() {
            sandbox.close();

            assertThat(gateway.perform(authorize("tok_ok"))).isEqualTo(
                    GatewayOutcome.unknown("No response from the gateway: it could not be reached"));
            assertThat(gateway.lookUp(authorize("tok_ok"))).get().extracting(GatewayOutcome::isUnknown)
                    .isEqualTo(true);
        }
    }

    @Nested
    class With_a_strange_gateway {

        static final String SUCCESS = """
                {"operation_id":"pay_1-authorize-1","authorization_id":"auth_1","kind":"authorization",
                 "status":"succeeded","amount":{"currency":"EUR","amount":10000},"new_field":1}""";

        static final String CAPTURED = SUCCESS.replace("pay_1-authorize-1", "capture-1")
                .replace("\"authorization\"", "\"capture\"");
        static final String REFUSAL = "{\"code\":\"bad_request\",\"message\":\"Never.\"}";

        StrangeGateway strange;

        @BeforeEach
        void start() throws IOException {
            strange = new StrangeGateway();
        }

        @AfterEach
        void stop() {
            strange.close();
        }

        @Test
        void a_new_field_does_not_disturb() {
            strange.answers(200, SUCCESS);

            assertThat(ask()).isEqualTo(GatewayOutcome.succeeded("auth_1"));
        }

        @ParameterizedTest
        @ValueSource(ints = {201, 204, 302, 307, 400, 401, 402, 403, 404, 405, 407, 408, 409, 411, 413, 414, 415, 421,
            422, 425, 426, 429, 431, 451, 500, 501, 502, 503, 504})
        void an_answer_that_is_not_about_the_operation_is_unknown(int status) {
            for (String body : List.of("", "<html>Request blocked</html>", "null", REFUSAL, SUCCESS,
                    SUCCESS.replace("succeeded", "failed"))) {
                strange.answers(status, status == 204 ? "" : body);

                assertThat(ask().status()).as(body).isEqualTo(OperationStatus.UNKNOWN);
                assertThat(Gateways.at(strange.url(), 1, 4).lookUp(authorize("tok_ok"))).as(body).get()
                        .extracting(GatewayOutcome::status).isEqualTo(OperationStatus.UNKNOWN);
            }
        }

        @Test
        void a_refused_request_says_what_was_answered_and_is_neither_repeated_at_once_nor_held_against_the_gateway() {
            strange.answers(422, REFUSAL);
            var gateway = Gateways.at(strange.url(), 3, 4);
            for (int i = 0; i < 10; i++) {
                assertThat(gateway.perform(authorize("tok_ok")))
                        .isEqualTo(GatewayOutcome.unknown("The request was answered with HTTP 422 bad_request"));
            }
            assertThat(strange.calls()).isEqualTo(10);
        }

        @Test
        void only_the_gateway_itself_knows_that_an_operation_never_happened() {
            var gateway = Gateways.at(strange.url(), 1, 4);

            strange.answers(404, "{\"code\":\"unknown_operation\",\"message\":\"Nothing happened under this key\"}");
            assertThat(gateway.lookUp(authorize("tok_ok"))).isEmpty();
            strange.answers(404, "{\"code\":\"not_found\",\"message\":\"There is nothing here\"}");
            assertThat(gateway.lookUp(authorize("tok_ok"))).get().extracting(GatewayOutcome::isUnknown).isEqualTo(true);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "null", "[]", "{}", "{\"status\":\"succ", "<html>"})
        void a_malformed_answer_is_unknown(String body) {
            strange.answers(200, body);

            assertThat(ask().status()).isEqualTo(OperationStatus.UNKNOWN);
            assertThat(ask().detail()).doesNotContain("java.").doesNotContain("orderflow");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                "operation_id":"pay_1-authorize-1" | "operation_id":"pay_2-authorize-1"
                "operation_id":"pay_1-authorize-1" | "operation_id":null
                "amount":10000                     | "amount":1000000
                "amount":10000                     | "amount":10000.4
                "amount":10000                     | "amount":"10000"
                "amount":10000                     | "amount":1,"amount":10000
                "currency":"EUR"                   | "currency":"USD"
                "kind":"authorization"             | "kind":"capture"
                "authorization_id":"auth_1"        | "authorization_id":null
                "status":"succeeded"               | "status":"perhaps"
                "status":"succeeded"               | "status":"failed"
                "status":"succeeded"               | "status":"declined","code":""
                "status":"succeeded"               | "status":"action_required"
                "status":"succeeded"               | "status":"failed","code":"no","amount":null
                "new_field":1}                     | "new_field":1}{}
                """)
        void an_answer_about_something_else_or_half_an_answer_is_unknown(String said, String instead) {
            assertThat(SUCCESS).contains(said);
            strange.answers(200, SUCCESS.replace(said, instead));

            assertThat(ask().status()).isEqualTo(OperationStatus.UNKNOWN);
        }

        @ParameterizedTest
        @ValueSource(strings = {
            "\"succeeded\",\"capture_before\":\"+999999999-12-31T23:59:59Z\"",
            "\"succeeded\",\"capture_before\":\"0000-12-31T23:59:59Z\"",
            "\"succeeded\",\"capture_before\":1e300",
            "\"succeeded\",\"capture_before\":1767225600",
            "\"declined\",\"code\":\"a\\u0000b\"",
            "\"failed\",\"code\":\"a\\u001b[2J\"",
            "\"perhaps\\u0000\"",
            "\"action_required\",\"next_action\":{\"type\":\"redirect\",\"url\":\"https://bank/\\ud800\"}",
            "\"action_required\",\"next_action\":{\"type\":\"a type that has more than the sixty-four characters there is room for\",\"url\":null}",
            "\"action_required\",\"next_action\":{\"type\":\"redirect\",\"expires_at\":\"+10000-01-01T00:00:00Z\"}"})
        void an_answer_that_no_store_can_hold_is_unknown(String status) {
            strange.answers(200, SUCCESS.replace("\"succeeded\"", status));

            assertThat(ask().status()).isEqualTo(OperationStatus.UNKNOWN);
            assertThat(ask().detail()).matches("[ -~]{1,200}");
        }

        @Test
        void a_name_or_an_address_that_no_store_can_hold_is_unknown() {
            for (String name : List.of("a".repeat(256), "a\\u0000", "\\udc00")) {
                strange.answers(200, SUCCESS.replace("auth_1", name));

                assertThat(ask().status()).as(name).isEqualTo(OperationStatus.UNKNOWN);
            }
            strange.answers(200, SUCCESS.replace("\"succeeded\"", "\"action_required\",\"next_action\":"
                    + "{\"type\":\"redirect\",\"url\":\"https://bank/%s\"}".formatted("u".repeat(2000))));
            assertThat(ask().status()).isEqualTo(OperationStatus.UNKNOWN);
        }

        @Test
        void an_answer_about_another_authorization_is_unknown() {
            strange.answers(200, CAPTURED.replace("auth_1", "auth_2"));

            assertThat(Gateways.at(strange.url(), 1, 4).perform(following(Kind.CAPTURE, "capture-1", 100_00, "auth_1"))
                    .status()).isEqualTo(OperationStatus.UNKNOWN);
        }

        @Test
        void a_refused_authorization_needs_no_id_of_the_gateway() {
            strange.answers(200, SUCCESS.replace("\"authorization_id\":\"auth_1\",", "")
                    .replace("\"succeeded\"", "\"declined\",\"code\":\"card_declined\""));

            assertThat(Gateways.at(strange.url(), 1, 4)
                    .lookUp(following(Kind.AUTHORIZE, "pay_1-authorize-1", 100_00, "auth_1"))).get()
                    .isEqualTo(GatewayOutcome.declined("card_declined"));
        }

        @Test
        void a_code_is_no_longer_than_an_order_can_keep() {
            strange.answers(200, SUCCESS.replace("\"succeeded\"", "\"declined\",\"code\":\"%s\"".formatted("c".repeat(300))));

            assertThat(ask().code()).isEqualTo("c".repeat(64));
        }

        @Test
        void a_huge_answer_is_unknown() {
            strange.answers(200, SUCCESS + " ".repeat(100_000));

            assertThat(ask().status()).isEqualTo(OperationStatus.UNKNOWN);
        }

        @Test
        void is_asked_three_times_before_the_outcome_is_unknown() {
            strange.answers(500, "");

            Gateways.at(strange.url(), 3, 4).perform(authorize("tok_ok"));

            assertThat(strange.calls()).isEqualTo(3);
        }

        @Test
        void is_not_asked_while_it_rests_after_five_failures() {
            strange.answers(500, "");
            var gateway = Gateways.at(strange.url(), 1, 4);
            for (int i = 0; i < 5; i++) {
                gateway.perform(authorize("tok_ok"));
            }

            assertThatThrownBy(() -> gateway.perform(authorize("tok_ok")))
                    .asInstanceOf(InstanceOfAssertFactories.type(GatewayBusyException.class))
                    .extracting(GatewayBusyException::retryAfter).isEqualTo(Guards.OPEN_WAIT);
            assertThatThrownBy(() -> gateway.lookUp(authorize("tok_ok"))).isInstanceOf(GatewayBusyException.class);
            assertThat(strange.calls()).isEqualTo(5);
        }

        @Test
        void gives_money_back_while_taking_it_rests() {
            strange.answers(500, "");
            var gateway = Gateways.at(strange.url(), 1, 4);
            for (int i = 0; i < 5; i++) {
                gateway.perform(authorize("tok_ok"));
            }
            strange.answers(200, CAPTURED.replace("capture", "void"));

            assertThat(gateway.perform(following(Kind.VOID, "void-1", 100_00, "auth_1")).status()).isEqualTo(OperationStatus.SUCCEEDED);
        }

        @Test
        void a_doubt_stays_when_the_next_try_is_refused() {
            strange.answers(500, "");
            var gateway = Gateways.at(strange.url(), 4, 4);
            gateway.perform(authorize("tok_ok"));

            assertThat(gateway.perform(authorize("tok_ok")).status()).isEqualTo(OperationStatus.UNKNOWN);
            assertThat(strange.calls()).isEqualTo(5);
        }

        @Test
        void is_asked_no_more_at_once_than_it_may() throws InterruptedException {
            strange.answers(200, SUCCESS);
            strange.holdsItsAnswers();
            var gateway = Gateways.at(strange.url(), 1, 1);
            var slow = CompletableFuture.supplyAsync(() -> gateway.perform(authorize("tok_ok")));
            strange.awaitCall();

            assertThatThrownBy(() -> gateway.perform(authorize("tok_ok")))
                    .asInstanceOf(InstanceOfAssertFactories.type(GatewayBusyException.class))
                    .extracting(GatewayBusyException::retryAfter).isEqualTo(Duration.ofMillis(200));

            strange.releasesItsAnswers();
            assertThat(slow.join().status()).isEqualTo(OperationStatus.SUCCEEDED);
            assertThat(gateway.perform(authorize("tok_ok")).status()).isEqualTo(OperationStatus.SUCCEEDED);
        }

        private GatewayOutcome ask() {
            return Gateways.at(strange.url(), 1, 4).perform(authorize("tok_ok"));
        }
    }
}
