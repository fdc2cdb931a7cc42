package io.orderflow.sandbox;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

import static io.orderflow.sandbox.GatewayClient.amount;
import static io.orderflow.sandbox.GatewayClient.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(120)
class SettlingLaterTest {

    private static final Duration AGES = Duration.ofMinutes(10);
    private static final Duration SOON = Duration.ofMillis(300);

    @TempDir
    Path directory;
    SandboxGateway gateway;
    GatewayClient client;

    @BeforeEach
    void start() {
        startWith(SOON, AGES, AGES);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    void restartWith(Duration pending, Duration challenge, Duration shortCapture) {
        gateway.close();
        startWith(pending, challenge, shortCapture);
    }

    void startWith(Duration pending, Duration challenge, Duration shortCapture) {
        gateway = SandboxGateway.start("--port=0", "--ledger=" + ledgerFile(), "--pending=" + pending,
                "--challenge=" + challenge, "--short-capture=" + shortCapture);
        client = new GatewayClient(gateway.url());
    }

    Path ledgerFile() {
        return directory.resolve("ledger.jsonl");
    }

    void awaitOutcome(String key, String outcome) {
        await().untilAsserted(() -> assertThat(client.lookUp(key).outcome()).isEqualTo(outcome));
    }

    List<String> facts() {
        return StreamSupport.stream(client.ledger().spliterator(), false)
                .map(entry -> entry.path("fact").asText()).toList();
    }

    List<String> lines() throws Exception {
        return Files.readAllLines(ledgerFile()).stream().map(line -> line.replaceAll(".*\"fact\":\"(\\w+)\".*", "$1"))
                .toList();
    }

    @Nested
    class A_challenge {

        final String key = newKey();
        String authorization;

        void challenge() {
            authorization = client.authorize(key, "tok_3ds", 1299).text("authorization_id");
        }

        @Test
        void sends_the_customer_to_a_page() {
            var begin = Instant.now();

            var answer = client.authorize(key, "tok_3ds", 1299);

            authorization = answer.text("authorization_id");
            assertThat(answer.outcome()).isEqualTo("action_required");
            assertThat(answer.json().at("/next_action/type").asText()).isEqualTo("redirect");
            assertThat(answer.json().at("/next_action/url").asText())
                    .isEqualTo("http://127.0.0.1:" + gateway.port() + "/challenges/" + authorization);
            assertThat(Instant.parse(answer.json().at("/next_action/expires_at").asText()))
                    .isBetween(begin.plus(AGES).minusMillis(1), Instant.now().plus(AGES));
            assertThat(answer.json().has("capture_before")).isFalse();
            assertThat(client.lookUp(key)).isEqualTo(answer);
            assertThat(facts()).containsExactly("challenged");
        }

        @Test
        void shows_the_amount_and_two_buttons_and_then_what_happened() {
            challenge();
            var path = "/challenges/" + authorization;

            assertThat(client.get(path).http()).isEqualTo(200);
            assertThat(client.get(path).body()).contains("EUR 12.99", path + "/approve", path + "/decline");
            assertThat(client.press(authorization, "approve").http()).isEqualTo(303);
            assertThat(client.get(path).body()).contains("You approved it").doesNotContain("<form");
        }

        @Test
        void shows_a_reference_as_text() {
            authorization = client.post("/v1/authorizations", key, """
                    {"amount":{"currency":"EUR","amount":1},"method":"tok_3ds","merchant_reference":"<script>\\""}""")
                    .text("authorization_id");

            assertThat(client.get("/challenges/" + authorization).body())
                    .contains("&lt;script&gt;&quot;").doesNotContain("<script");
        }

        @Test
        void approved_authorizes_for_a_week_from_then() throws Exception {
            challenge();
            client.press(authorization, "approve");

            var answer = client.lookUp(key);
            assertThat(answer.outcome()).isEqualTo("succeeded");
            assertThat(answer.json().has("next_action")).isFalse();
            var settledAt = Instant.parse(client.ledger().get(0).path("at").asText());
            assertThat(answer.text("capture_before")).isEqualTo(settledAt.plus(Duration.ofDays(7)).toString());
            assertThat(client.authorize(key, "tok_3ds", 1299)).isEqualTo(answer);
            assertThat(client.capture(authorization, 1299).outcome()).isEqualTo("succeeded");
            assertThat(lines()).containsExactly("challenged", "authorized", "captured");
        }

        @Test
        void declined_is_final() throws Exception {
            challenge();
            client.press(authorization, "decline");

            assertThat(client.press(authorization, "approve").http()).isEqualTo(303);

            assertThat(client.lookUp(key).outcome()).isEqualTo("declined: authentication_failed");
            assertThat(client.capture(authorization, 1).outcome()).isEqualTo("failed: authorization_declined");
            assertThat(lines()).containsExactly("challenged", "declined", "refused");
        }

        @Test
        void not_answered_in_time_is_declined() {
            restartWith(AGES, SOON, AGES);
            challenge();

            awaitOutcome(key, "declined: authentication_expired");

            client.press(authorization, "approve");
            assertThat(client.lookUp(key).outcome()).isEqualTo("declined: authentication_expired");
        }

        @Test
        void outlives_a_restart_with_its_time_limit_but_at_the_new_address() {
            challenge();
            var expiresAt = client.lookUp(key).json().at("/next_action/expires_at").asText();

            restartWith(SOON, SOON, AGES);

            var answer = client.lookUp(key);
            assertThat(answer.json().at("/next_action/expires_at").asText()).isEqualTo(expiresAt);
            assertThat(answer.json().at("/next_action/url").asText()).contains(":" + gateway.port() + "/");
            client.press(authorization, "approve");
            restartWith(SOON, SOON, AGES);
            assertThat(client.lookUp(key).outcome()).isEqualTo("succeeded");
        }

        @Test
        void lets_nothing_be_captured_meanwhile() {
            challenge();

            assertThat(client.capture(authorization, 1).outcome()).isEqualTo("failed: authorization_pending");
        }

        @Test
        void exists_only_for_those_who_were_challenged() {
            assertThat(client.get("/challenges/" + client.authorized(1)).http()).isEqualTo(404);
            assertThat(client.press(client.authorized(1), "approve").http()).isEqualTo(404);
            assertThat(client.get("/challenges/auth_nobody").http()).isEqualTo(404);
            challenge();
            assertThat(client.press(authorization, "ignore").http()).isEqualTo(404);
            assertThat(client.get("/challenges/" + authorization + "/approve").http()).isEqualTo(405);
        }
    }

    @Nested
    class A_pending_authorization {

        @ParameterizedTest
        @CsvSource({"tok_pending, succeeded, authorized", "tok_pending_declined, declined: card_declined, declined"})
        void settles_by_itself(String token, String outcome, String fact) throws Exception {
            var key = newKey();

            assertThat(client.authorize(key, token, 1299).outcome()).isEqualTo("pending");

            awaitOutcome(key, outcome);
            assertThat(facts()).containsExactly(fact);
            assertThat(lines()).containsExactly("pending", fact);
        }

        @Test
        void keeps_its_place_in_the_ledger() {
            restartWith(Duration.ofSeconds(3), AGES, AGES);
            var key = newKey();
            client.authorize(key, "tok_pending", 1);
            client.authorized(2);
            assertThat(facts()).containsExactly("pending", "authorized");

            awaitOutcome(key, "succeeded");

            assertThat(client.ledger().get(0).path("operation_id").asText()).isEqualTo(key);
            assertThat(client.ledger()).hasSize(2);
        }

        @Test
        void settles_after_a_restart_when_its_time_came_in_between() {
            var key = newKey();
            client.authorize(key, "tok_pending_declined", 1299);

            // Not by itself for ages with these settings: the time that counts is that of the first line.
            restartWith(AGES, AGES, AGES);

            awaitOutcome(key, "declined: card_declined");
        }
    }

    @Nested
    class A_void_of_what_is_still_open {

        @ParameterizedTest
        @ValueSource(strings = {"tok_3ds", "tok_pending"})
        void cancels_it(String token) throws Exception {
            restartWith(AGES, AGES, AGES);
            var key = newKey();
            var authorization = client.authorize(key, token, 1299).text("authorization_id");

            var answer = client.voidOf(authorization);

            assertThat(answer.outcome()).isEqualTo("succeeded");
            assertThat(answer.text("kind")).isEqualTo("void");
            assertThat(answer.json().at("/amount/amount").asLong()).isEqualTo(1299);
            assertThat(client.lookUp(key).outcome()).isEqualTo("declined: cancelled");
            assertThat(client.capture(authorization, 1).outcome()).isEqualTo("failed: authorization_voided");
            assertThat(client.voidOf(authorization).outcome()).isEqualTo("failed: authorization_voided");
            assertThat(lines()).startsWith(token.equals("tok_3ds") ? "challenged" : "pending", "voided", "declined");
        }

        @Test
        void makes_a_later_answer_of_the_customer_void_too() {
            var key = newKey();
            var authorization = client.authorize(key, "tok_3ds", 1299).text("authorization_id");
            client.voidOf(authorization);

            assertThat(client.press(authorization, "approve").http()).isEqualTo(303);

            assertThat(client.lookUp(key).outcome()).isEqualTo("declined: cancelled");
            assertThat(client.get("/challenges/" + authorization).body()).contains("cancelled");
            assertThat(facts()).containsExactly("declined", "voided");
        }

        @Test
        void prevents_that_it_settles_by_itself() {
            restartWith(Duration.ofSeconds(3), AGES, AGES);
            var key = newKey();
            client.voidOf(client.authorize(key, "tok_pending", 1299).text("authorization_id"));
            var other = newKey();
            client.authorize(other, "tok_pending", 1299);

            awaitOutcome(other, "succeeded");

            assertThat(client.lookUp(key).outcome()).isEqualTo("declined: cancelled");
        }
    }

    @Nested
    class A_refund_that_takes_its_time {

        @Test
        void counts_while_it_is_pending_and_is_free_again_when_it_fails() throws Exception {
            restartWith(Duration.ofSeconds(3), AGES, AGES);
            var authorization = client.authorize(newKey(), "tok_refund_fails", 1000).text("authorization_id");
            assertThat(client.capture(authorization, 1000).outcome()).isEqualTo("succeeded");
            var key = newKey();

            assertThat(client.post("/v1/authorizations/" + authorization + "/refunds", key, amount(600)).outcome())
                    .isEqualTo("pending");

            assertThat(client.refund(authorization, 401).outcome()).isEqualTo("failed: amount_exceeds_capture");
            awaitOutcome(key, "failed: refund_failed");
            assertThat(client.refund(authorization, 1000).outcome()).isEqualTo("pending");
            assertThat(lines()).containsExactly(
                    "authorized", "captured", "pending", "refused", "refused", "pending");
        }

        @Test
        void counts_once_when_it_succeeds_also_after_a_restart() {
            var authorization = client.authorize(newKey(), "tok_refund_pending", 1000).text("authorization_id");
            client.capture(authorization, 1000);
            var key = newKey();
            assertThat(client.post("/v1/authorizations/" + authorization + "/refunds", key, amount(600)).outcome())
                    .isEqualTo("pending");
            awaitOutcome(key, "succeeded");

            restartWith(AGES, AGES, AGES);

            assertThat(client.refund(authorization, 401).outcome()).isEqualTo("failed: amount_exceeds_capture");
            assertThat(client.refund(authorization, 400).outcome()).isEqualTo("pending");
            assertThat(facts()).containsExactly("authorized", "captured", "refunded", "refused", "pending");
        }
    }

    @Nested
    class An_authorization_that_expired {

        private String expired() {
            restartWith(AGES, AGES, Duration.ofMillis(1));
            var answer = client.authorize(newKey(), "tok_expires", 1000);
            assertThat(answer.outcome()).isEqualTo("succeeded");
            await().until(() -> Instant.now().isAfter(Instant.parse(answer.text("capture_before"))));
            return answer.text("authorization_id");
        }

        @Test
        void cannot_be_captured() {
            var authorization = expired();

            assertThat(client.capture(authorization, 1).outcome()).isEqualTo("failed: authorization_expired");
        }

        @Test
        void can_be_voided() {
            var authorization = expired();

            assertThat(client.voidOf(authorization).outcome()).isEqualTo("succeeded");
        }

        @Test
        void could_be_captured_before() {
            var authorization = client.authorize(newKey(), "tok_expires", 1000).text("authorization_id");

            assertThat(client.capture(authorization, 1000).outcome()).isEqualTo("succeeded");
        }
    }
}
