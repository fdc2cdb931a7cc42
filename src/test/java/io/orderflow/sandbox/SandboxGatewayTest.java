package io.orderflow.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import static io.orderflow.sandbox.GatewayClient.amount;
import static io.orderflow.sandbox.GatewayClient.authorization;
import static io.orderflow.sandbox.GatewayClient.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(120)
class SandboxGatewayTest {

    private static final Duration SLOW = Duration.ofMillis(1500);

    @TempDir
    Path directory;
    Path ledgerFile;
    SandboxGateway gateway;
    GatewayClient client;

    @BeforeEach
    void start() {
        ledgerFile = directory.resolve("new/ledger.jsonl");
        start("20ms", "20ms");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    void start(String slowAnswer, String silence) {
        gateway = SandboxGateway.start("--port=0", "--ledger=" + ledgerFile, "--slow-answer=" + slowAnswer,
                "--silence=" + silence);
        client = new GatewayClient(gateway.url());
    }

    void restart(String slowAnswer, String silence) {
        gateway.close();
        start(slowAnswer, silence);
    }

    List<String> facts() {
        return StreamSupport.stream(client.ledger().spliterator(), false)
                .map(entry -> entry.path("fact").asText()).toList();
    }

    @Nested
    class Tokens {

        @ParameterizedTest
        @CsvSource({
                "tok_ok, succeeded",
                "tok_declined, declined: card_declined",
                "tok_insufficient, declined: insufficient_funds",
                "tok_of_nobody, declined: unknown_payment_method",
                "tok_slow, succeeded"})
        void decide_an_authorization(String method, String outcome) {
            var key = newKey();

            var answer = client.authorize(key, method, 1299);

            assertThat(answer.http()).isEqualTo(200);
            assertThat(answer.outcome()).isEqualTo(outcome);
            assertThat(client.lookUp(key)).isEqualTo(answer);
        }

        @Test
        void slow_answers_late_and_a_repeat_at_once() {
            restart(SLOW.toString(), "5m");
            var key = newKey();

            var begin = System.nanoTime();
            var first = client.authorize(key, "tok_slow", 1299);
            var slow = Duration.ofNanos(System.nanoTime() - begin);
            begin = System.nanoTime();
            var second = client.authorize(key, "tok_slow", 1299);

            assertThat(slow).isGreaterThanOrEqualTo(SLOW);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SLOW);
            assertThat(second).isEqualTo(first);
        }

        @Test
        void timeout_after_charge_never_answers_but_it_happened() {
            var key = newKey();

            assertThatThrownBy(() -> client.authorize(key, "tok_timeout_after_charge", 1299))
                    .isInstanceOf(UncheckedIOException.class);

            var truth = client.lookUp(key);
            assertThat(truth.outcome()).isEqualTo("succeeded");
            assertThat(client.authorize(key, "tok_timeout_after_charge", 1299)).isEqualTo(truth);
            assertThat(facts()).containsExactly("authorized");
        }

        @Test
        void timeout_before_charge_never_answers_and_nothing_happened_until_the_repeat() {
            var key = newKey();

            assertThatThrownBy(() -> client.authorize(key, "tok_timeout_before_charge", 1299))
                    .isInstanceOf(UncheckedIOException.class);

            assertThat(client.lookUp(key).http()).isEqualTo(404);
            assertThat(facts()).isEmpty();
            assertThat(client.authorize(key, "tok_timeout_before_charge", 1299).outcome()).isEqualTo("succeeded");
            assertThat(facts()).containsExactly("authorized");
        }

        @Test
        void flaky_fails_the_first_try_of_each_key_without_effect() {
            for (var key : List.of(newKey(), newKey())) {
                var first = client.authorize(key, "tok_flaky", 1299);
                assertThat(first.http()).isEqualTo(500);
                assertThat(first.text("code")).isEqualTo("server_error");
                assertThat(client.lookUp(key).http()).isEqualTo(404);

                assertThat(client.authorize(key, "tok_flaky", 1299).outcome()).isEqualTo("succeeded");
            }
            assertThat(facts()).containsExactly("authorized", "authorized");
        }

        @Test
        void held_connections_keep_nobody_else_waiting() {
            restart(SLOW.toString(), "5m");
            var held = IntStream.range(0, 100)
                    .mapToObj(i -> client.authorizeLater(newKey(), "tok_timeout_after_charge", 1)).toList();
            // Once all are in the ledger, all their connections are held.
            while (facts().size() < held.size()) {
                Thread.onSpinWait();
            }

            assertThat(client.authorize(newKey(), "tok_ok", 1299).outcome()).isEqualTo("succeeded");
            assertThat(held).noneMatch(CompletableFuture::isDone);
        }
    }

    @Nested
    class Idempotency {

        @Test
        void the_same_key_gets_the_same_bytes_and_no_second_effect() {
            var key = newKey();
            var first = client.authorize(key, "tok_ok", 1299);

            assertThat(client.authorize(key, "tok_ok", 1299)).isEqualTo(first);
            assertThat(facts()).containsExactly("authorized");
        }

        @Test
        void sixteen_duplicates_at_once_have_one_effect() {
            var authorization = client.authorized(16_000);
            for (var round = 0; round < 20; round++) {
                var key = newKey();
                var answers = new HashSet<>(IntStream.range(0, 16)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() ->
                                client.post("/v1/authorizations/" + authorization + "/captures", key, amount(10)),
                                task -> new Thread(task).start()))
                        .toList().stream().map(CompletableFuture::join).toList());

                assertThat(answers).hasSize(1);
                assertThat(facts()).hasSize(1 + round + 1);
            }
        }

        @Test
        void the_same_key_with_another_request_is_refused() {
            var key = newKey();
            var authorization = client.authorize(key, "tok_ok", 1299).text("authorization_id");

            assertThat(client.authorize(key, "tok_ok", 1300).http()).isEqualTo(422);
            assertThat(client.authorize(key, "tok_declined", 1299).http()).isEqualTo(422);
            var other = client.post("/v1/authorizations/" + authorization + "/captures", key, amount(1299));
            assertThat(other.http()).isEqualTo(422);
            assertThat(other.text("code")).isEqualTo("idempotency_key_reused");
            assertThat(facts()).containsExactly("authorized");
        }

        @Test
        void the_order_of_fields_makes_no_other_request() {
            var key = newKey();
            var first = client.authorize(key, "tok_ok", 1299);

            assertThat(client.post("/v1/authorizations", key, """
                    {"merchant_reference":"order-1", "method":"tok_ok", "amount":{"amount":1299,"currency":"EUR"}}"""))
                    .isEqualTo(first);
        }

        @Test
        void a_refusal_is_settled_too() {
            var authorization = client.authorized(100);
            var key = newKey();
            var path = "/v1/authorizations/" + authorization + "/refunds";
            var refused = client.post(path, key, amount(100));
            assertThat(refused.outcome()).isEqualTo("failed: amount_exceeds_capture");
            client.capture(authorization, 100);

            assertThat(client.post(path, key, amount(100))).isEqualTo(refused);
        }

        @Test
        void a_void_is_recognised_although_it_names_no_amount() {
            var path = "/v1/authorizations/" + client.authorized(100) + "/voids";
            var key = newKey();
            var first = client.post(path, key, "");

            assertThat(client.post(path, key, "{}")).isEqualTo(first);
            assertThat(first.json().at("/amount/amount").asLong()).isEqualTo(100);
        }

        @Test
        void a_lookup_of_what_never_happened_finds_nothing() {
            var answer = client.lookUp("never");

            assertThat(answer.http()).isEqualTo(404);
            assertThat(answer.text("code")).isEqualTo("unknown_operation");
        }

        @Test
        void a_key_may_hold_any_visible_character() {
            var key = "order/1:charge+1?%#&~";

            assertThat(client.authorize(key, "tok_ok", 1).outcome()).isEqualTo("succeeded");
            assertThat(client.lookUp(key).text("operation_id")).isEqualTo(key);
        }
    }

    @Nested
    class Money {

        @Test
        void is_captured_and_refunded_in_parts_up_to_the_whole() {
            var authorization = client.authorized(1000);

            assertThat(client.capture(authorization, 400).outcome()).isEqualTo("succeeded");
            assertThat(client.capture(authorization, 600).outcome()).isEqualTo("succeeded");
            assertThat(client.capture(authorization, 1).outcome()).isEqualTo("failed: amount_exceeds_authorization");
            assertThat(client.refund(authorization, 999).outcome()).isEqualTo("succeeded");
            assertThat(client.refund(authorization, 2).outcome()).isEqualTo("failed: amount_exceeds_capture");
            assertThat(client.refund(authorization, 1).outcome()).isEqualTo("succeeded");
        }

        @Test
        void is_not_taken_beyond_any_number() {
            var authorization = client.authorized(1000);
            client.capture(authorization, 1);

            assertThat(client.capture(authorization, Long.MAX_VALUE).outcome())
                    .isEqualTo("failed: amount_exceeds_authorization");
            assertThat(client.refund(authorization, Long.MAX_VALUE).outcome())
                    .isEqualTo("failed: amount_exceeds_capture");
        }

        @Test
        void authorized_can_be_captured_for_a_week() {
            var key = newKey();
            var answer = client.authorize(key, "tok_ok", 1000);

            var authorizedAt = Instant.parse(client.ledger().get(0).path("at").asText());
            assertThat(answer.text("capture_before")).isEqualTo(authorizedAt.plus(Duration.ofDays(7)).toString());
            assertThat(client.capture(answer.text("authorization_id"), 1000).json().has("capture_before")).isFalse();
        }

        @Test
        void is_not_taken_after_a_void() {
            var authorization = client.authorized(1000);

            assertThat(client.voidOf(authorization).outcome()).isEqualTo("succeeded");
            assertThat(client.capture(authorization, 1).outcome()).isEqualTo("failed: authorization_voided");
            assertThat(client.voidOf(authorization).outcome()).isEqualTo("failed: authorization_voided");
        }

        @Test
        void left_after_a_partial_capture_is_released_by_a_void_and_the_rest_stays_refundable() {
            var authorization = client.authorized(1000);
            client.capture(authorization, 300);

            assertThat(client.voidOf(authorization).json().at("/amount/amount").asLong()).isEqualTo(700);
            assertThat(client.capture(authorization, 1).outcome()).isEqualTo("failed: authorization_voided");
            assertThat(client.refund(authorization, 300).outcome()).isEqualTo("succeeded");
        }

        @Test
        void captured_whole_cannot_be_voided() {
            var authorization = client.authorized(1000);
            client.capture(authorization, 1000);

            assertThat(client.voidOf(authorization).outcome()).isEqualTo("failed: already_captured");
        }

        @Test
        void of_another_currency_is_refused() {
            var answer = client.post("/v1/authorizations/" + client.authorized(1000) + "/captures", newKey(), """
                    {"amount":{"currency":"USD","amount":1000}}""");

            assertThat(answer.outcome()).isEqualTo("failed: currency_mismatch");
        }

        @Test
        void of_a_declined_or_unknown_authorization_does_not_exist() {
            var declined = client.authorize(newKey(), "tok_declined", 1000).text("authorization_id");

            assertThat(client.capture(declined, 1).outcome()).isEqualTo("failed: authorization_declined");
            assertThat(client.capture("auth_nobody", 1).outcome()).isEqualTo("failed: unknown_authorization");
            assertThat(client.voidOf("auth_nobody").outcome()).isEqualTo("failed: unknown_authorization");
        }

        @Test
        void wanted_by_many_at_once_is_taken_only_as_often_as_it_is_there() {
            var authorization = client.authorized(5);

            var outcomes = IntStream.range(0, 32)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> client.capture(authorization, 1),
                            task -> new Thread(task).start()))
                    .toList().stream().map(CompletableFuture::join).map(GatewayClient.Answer::outcome).toList();

            assertThat(outcomes).filteredOn("succeeded"::equals).hasSize(5);
        }
    }

    @Nested
    class TheLedger {

        @Test
        void shows_every_fact_with_operation_reference_and_amount() {
            var key = newKey();
            var authorization = client.authorize(key, "tok_ok", 1000).text("authorization_id");
            client.capture(authorization, 600);
            client.voidOf(authorization);
            client.refund(authorization, 100);
            client.refund(authorization, 501);
            client.authorize(newKey(), "tok_declined", 5);

            var ledger = client.ledger();

            assertThat(facts()).containsExactly(
                    "authorized", "captured", "voided", "refunded", "refused", "declined");
            assertThat(ledger).extracting(entry -> entry.path("status").asText()).containsExactly(
                    "succeeded", "succeeded", "succeeded", "succeeded", "failed", "declined");
            assertThat(ledger).extracting(entry -> entry.at("/amount/amount").asLong())
                    .containsExactly(1000L, 600L, 400L, 100L, 501L, 5L);
            assertThat(ledger).allSatisfy(entry -> {
                assertThat(entry.path("merchant_reference").asText()).isEqualTo("order-1");
                assertThat(entry.at("/amount/currency").asText()).isEqualTo("EUR");
                assertThat(entry.path("at").asText()).startsWith("20");
                assertThat(entry.path("kind").asText()).isNotEmpty();
            });
            assertThat(ledger.get(0).path("operation_id").asText()).isEqualTo(key);
            assertThat(ledger.get(0).path("authorization_id").asText()).isEqualTo(authorization);
        }

        @Test
        void is_read_page_by_page() {
            var keys = Stream.generate(GatewayClient::newKey).limit(5)
                    .peek(key -> client.authorize(key, "tok_ok", 1)).toList();

            assertThat(operations("?limit=2")).isEqualTo(keys.subList(0, 2));
            assertThat(operations("?limit=2&after=" + keys.get(1))).isEqualTo(keys.subList(2, 4));
            assertThat(operations("?limit=2&after=" + keys.get(3))).isEqualTo(keys.subList(4, 5));
            assertThat(operations("?after=" + keys.get(4))).isEmpty();
        }

        @Test
        void is_read_from_an_instant_on() {
            client.authorize("early", "tok_ok", 1);
            var early = Instant.parse(client.ledger().get(0).path("at").asText());
            await().until(() -> Instant.now().isAfter(early.plusMillis(1)));
            client.authorize("late", "tok_ok", 1);

            assertThat(operations("?since=" + early)).containsExactly("early", "late");
            assertThat(operations("?since=" + early.plusMillis(1))).containsExactly("late");
            assertThat(operations("?since=" + early + "&after=early")).containsExactly("late");
        }

        @ParameterizedTest
        @ValueSource(strings = {"limit=0", "limit=many", "since=yesterday", "after=nobody", "page=1", "limit=1&limit=2"})
        void refuses_a_question_that_it_does_not_understand(String query) {
            assertThat(client.get("/v1/ledger?" + query).http()).isEqualTo(400);
        }

        private List<String> operations(String query) {
            return StreamSupport.stream(client.get("/v1/ledger" + query).json().spliterator(), false)
                    .map(entry -> entry.path("operation_id").asText()).toList();
        }

        @Test
        void is_the_file_line_by_line() throws IOException {
            client.authorized(1000);
            client.authorize(newKey(), "tok_declined", 5);

            assertThat("[" + String.join(",", Files.readAllLines(ledgerFile)) + "]")
                    .isEqualTo(client.get("/v1/ledger").body());
        }

        @Test
        void keeps_answers_and_balances_over_a_restart() {
            var key = newKey();
            var first = client.authorize(key, "tok_ok", 1000);
            var authorization = first.text("authorization_id");
            client.capture(authorization, 600);
            var before = client.ledger();

            restart("20ms", "20ms");

            assertThat(client.ledger()).isEqualTo(before);
            assertThat(client.lookUp(key)).isEqualTo(first);
            assertThat(client.authorize(key, "tok_ok", 1000)).isEqualTo(first);
            assertThat(client.authorize(key, "tok_ok", 1001).http()).isEqualTo(422);
            assertThat(client.capture(authorization, 401).outcome())
                    .isEqualTo("failed: amount_exceeds_authorization");
            assertThat(client.capture(authorization, 400).outcome()).isEqualTo("succeeded");
        }

        @Test
        void drops_a_last_line_that_a_crash_tore() throws IOException {
            client.authorize("kept", "tok_ok", 1);
            client.authorize("torn", "tok_ok", 2);
            gateway.close();
            try (var file = FileChannel.open(ledgerFile, StandardOpenOption.WRITE)) {
                file.truncate(file.size() - 1);
            }

            start("20ms", "20ms");

            assertThat(Files.readString(ledgerFile)).endsWith("}\n").contains("kept").doesNotContain("torn");
            assertThat(client.lookUp("kept").http()).isEqualTo(200);
            assertThat(client.lookUp("torn").http()).isEqualTo(404);
            client.authorize("torn", "tok_ok", 2);
            restart("20ms", "20ms");
            assertThat(facts()).containsExactly("authorized", "authorized");
        }

        @Test
        void damaged_in_the_middle_is_refused() throws IOException {
            client.authorized(1);
            gateway.close();
            var good = Files.readString(ledgerFile);
            Files.writeString(ledgerFile, good + "not json\n" + good);

            assertThatIllegalStateException().isThrownBy(() ->
                            SandboxGateway.start("--port=0", "--ledger=" + ledgerFile))
                    .withMessageContaining("line 2 is damaged");
        }

        @Test
        void belongs_to_one_gateway_at_a_time() {
            assertThatIllegalStateException().isThrownBy(() ->
                            SandboxGateway.start("--port=0", "--ledger=" + ledgerFile))
                    .withMessageContaining("another sandbox gateway is using it");
        }

        @Test
        void that_cannot_be_written_is_named() {
            var impossible = ledgerFile.resolve("below/a/file.jsonl");

            assertThatIllegalStateException().isThrownBy(() ->
                            SandboxGateway.start("--port=0", "--ledger=" + impossible))
                    .withMessageContaining(impossible.toString()).withMessageContaining("--ledger");
        }
    }

    @Nested
    class TheServer {

        @Test
        void names_a_port_that_is_taken() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> SandboxGateway.start("--port=" + gateway.port(),
                            "--ledger=" + directory.resolve("other.jsonl")))
                    .withMessageContaining("port " + gateway.port()).withMessageContaining("--port");
        }

        @Test
        void insists_on_an_idempotency_key() {
            var answer = client.post("/v1/authorizations", null, authorization("tok_ok", 1));

            assertThat(answer.http()).isEqualTo(400);
            assertThat(answer.text("message")).contains("Idempotency-Key");
        }

        @ParameterizedTest
        @ValueSource(strings = {
                "", "null", "[]", "{", "{}", "{} {}",
                "{'method':'tok_ok','merchant_reference':'o'}",
                "{'amount':{'currency':'EUR','amount':0},'method':'tok_ok','merchant_reference':'o'}",
                "{'amount':{'currency':'EUR','amount':-1},'method':'tok_ok','merchant_reference':'o'}",
                "{'amount':{'currency':'EUR','amount':1.5},'method':'tok_ok','merchant_reference':'o'}",
                "{'amount':{'currency':'EUR','amount':'1'},'method':'tok_ok','merchant_reference':'o'}",
                "{'amount':{'currency':'EUR','amount':9223372036854775808},'method':'tok_ok','merchant_reference':'o'}",
                "{'amount':{'currency':'euro','amount':1},'method':'tok_ok','merchant_reference':'o'}",
                "{'amount':{'currency':'EUR'},'method':'tok_ok','merchant_reference':'o'}",
                "{'amount':{'currency':'EUR','amount':1},'merchant_reference':'o'}",
                "{'amount':{'currency':'EUR','amount':1},'method':'tok_ok'}",
                "{'amount':{'currency':'EUR','amount':1},'method':'tok_ok','merchant_reference':'o','surprise':1}"})
        void refuses_a_malformed_body_without_effect(String body) {
            var answer = client.post("/v1/authorizations", newKey(), body.replace('\'', '"'));

            assertThat(answer.http()).isEqualTo(400);
            assertThat(answer.text("code")).isEqualTo("bad_request");
            assertThat(answer.text("message")).isNotBlank();
            assertThat(facts()).isEmpty();
        }

        @Test
        void refuses_an_endless_body() {
            assertThat(client.post("/v1/authorizations", newKey(), " ".repeat(70_000)).http()).isEqualTo(413);
        }

        @Test
        void knows_its_paths_and_methods() {
            assertThat(client.get("/v1/elsewhere").http()).isEqualTo(404);
            assertThat(client.get("/").http()).isEqualTo(404);
            assertThat(client.get("/v1/authorizations").http()).isEqualTo(405);
            assertThat(client.post("/v1/ledger", newKey(), "{}").http()).isEqualTo(405);
            assertThat(client.post("/v1/authorizations/auth_1/magic", newKey(), "{}").http()).isEqualTo(404);
        }

        @Test
        void answers_an_operation_in_full() {
            var key = newKey();

            JsonNode answer = client.authorize(key, "tok_declined", 1299).json();

            assertThat(answer.toString()).isEqualTo("""
                    {"operation_id":"%s","authorization_id":"%s","kind":"authorization","status":"declined",\
                    "code":"card_declined","amount":{"currency":"EUR","amount":1299}}"""
                    .formatted(key, answer.path("authorization_id").asText()));
            assertThat(answer.path("authorization_id").asText()).matches("auth_[0-9a-z]{12}");
        }
    }
}
