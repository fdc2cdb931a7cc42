package io.orderflow.sandbox;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static io.orderflow.sandbox.GatewayClient.authorization;
import static io.orderflow.sandbox.GatewayClient.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(120)
class ControlTest {

    private static final Duration SILENCE = Duration.ofMillis(400);

    @TempDir
    Path directory;
    SandboxGateway gateway;
    GatewayClient client;

    @BeforeEach
    void start() {
        gateway = SandboxGateway.start("--port=0", "--ledger=" + directory.resolve("ledger.jsonl"),
                "--silence=" + SILENCE);
        client = new GatewayClient(gateway.url());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    void control(String json) {
        var answer = client.put("/v1/control", json.replace('\'', '"'));
        assertThat(answer.http()).as(answer.body()).isEqualTo(200);
    }

    void assertHappened(String key) {
        client.delete("/v1/control");
        assertThat(client.lookUp(key).outcome()).isEqualTo("succeeded");
        assertThat(client.ledger()).hasSize(1);
    }

    @Nested
    class The_endpoint {

        @Test
        void starts_without_faults_and_returns_to_that() {
            var none = """
                    {"seed":0,"drop_answers":0.0,"duplicate_answers":0.0,"server_errors":0.0,"stalls":0.0,\
                    "malformed_answers":0.0,"huge_answers":0.0,"outage":false,"callbacks":{"lose":0.0,"double":0.0,\
                    "reorder":0.0,"delay_at_most":"PT0S"}}""";
            assertThat(client.get("/v1/control").body()).isEqualTo(none);
            control("{'outage':true}");

            assertThat(client.delete("/v1/control").body()).isEqualTo(none);

            assertThat(client.get("/v1/control").body()).isEqualTo(none);
            assertThat(client.authorize(newKey(), "tok_ok", 1).outcome()).isEqualTo("succeeded");
        }

        @Test
        void shows_what_was_set() {
            var json = """
                    {"seed":1,"drop_answers":0.3,"duplicate_answers":0.1,"server_errors":0.1,"stalls":0.05,\
                    "malformed_answers":0.02,"huge_answers":0.01,"outage":false,"callbacks":{"lose":0.1,"double":0.2,\
                    "reorder":0.2,"delay_at_most":"PT2S"}}""";

            assertThat(client.put("/v1/control", json).body()).isEqualTo(json);
            assertThat(client.get("/v1/control").body()).isEqualTo(json);
        }

        @Test
        void takes_what_is_absent_as_none() {
            control("{'drop_answers':1}");
            control("{'stalls':1,'callbacks':{'lose':1}}");

            var control = client.get("/v1/control").json();
            assertThat(control.path("drop_answers").asDouble(-1)).isZero();
            assertThat(control.path("stalls").asDouble()).isEqualTo(1);
            assertThat(control.at("/callbacks/double").asDouble(-1)).isZero();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
                "{'drop_answers':1.1} | drop_answers must be between 0 and 1",
                "{'stalls':-0.1} | stalls must be between 0 and 1",
                "{'callbacks':{'double':2}} | callbacks.double must be between 0 and 1",
                "{'callbacks':{'delay_at_most':'-PT1S'}} | callbacks.delay_at_most must be between PT0S and PT1H",
                "{'callbacks':{'twice':1}} | twice",
                "{'drop_anwsers':1} | drop_anwsers",
                "{'drop_answers':'1'} | String",
                "null | A JSON object is required"}, quoteCharacter = '`')
        void says_what_is_wrong_and_changes_nothing(String json, String message) {
            control("{'seed':7}");

            var answer = client.put("/v1/control", json.replace('\'', '"'));

            assertThat(answer.http()).isEqualTo(400);
            assertThat(answer.text("message")).contains(message);
            assertThat(client.get("/v1/control").json().path("seed").asInt()).isEqualTo(7);
        }
    }

    @Nested
    class Operations {

        final String key = newKey();

        @Test
        void that_lose_their_answer_happened() {
            control("{'drop_answers':1}");

            assertThatThrownBy(() -> client.authorize(key, "tok_ok", 1)).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> client.authorize(key, "tok_ok", 1)).isInstanceOf(UncheckedIOException.class);

            assertHappened(key);
        }

        @Test
        void that_stall_happened() {
            control("{'stalls':1}");
            var begin = System.nanoTime();

            assertThatThrownBy(() -> client.authorize(key, "tok_ok", 1)).isInstanceOf(UncheckedIOException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(SILENCE);
            assertHappened(key);
        }

        @Test
        void that_are_answered_with_half_a_document_happened() {
            control("{'malformed_answers':1}");

            var answer = client.authorize(key, "tok_ok", 1);

            assertHappened(key);
            var whole = client.lookUp(key).body();
            assertThat(answer.body()).isEqualTo(whole.substring(0, whole.length() / 2));
        }

        @Test
        void that_are_answered_with_megabytes_happened() {
            control("{'huge_answers':1}");

            var answer = client.authorize(key, "tok_ok", 1);

            assertThat(answer.body()).hasSizeGreaterThan(4_000_000);
            assertHappened(key);
        }

        @Test
        void that_end_in_an_error_happened_half_of_the_time() {
            control("{'server_errors':1,'seed':1}");
            var keys = IntStream.range(0, 100).mapToObj(i -> newKey()).toList();

            assertThat(keys).allSatisfy(each -> assertThat(client.authorize(each, "tok_ok", 1).http()).isEqualTo(500));

            client.delete("/v1/control");
            assertThat(keys).filteredOn(each -> client.lookUp(each).http() == 200).hasSizeBetween(25, 75);
        }

        @Test
        void that_a_proxy_doubles_happen_once_and_are_answered_once() {
            control("{'duplicate_answers':1}");

            for (var i = 0; i < 50; i++) {
                assertThat(client.authorize(newKey(), "tok_ok", 1).outcome()).isEqualTo("succeeded");
            }

            assertThat(client.ledger()).hasSize(50);
        }

        @Test
        void doubled_meet_the_limits_only_once() {
            var authorization = client.authorized(50);
            control("{'duplicate_answers':1}");

            for (var i = 0; i < 50; i++) {
                assertThat(client.capture(authorization, 1).outcome()).isEqualTo("succeeded");
            }

            assertThat(client.capture(authorization, 1).outcome()).isEqualTo("failed: amount_exceeds_authorization");
        }

        @Test
        void do_not_happen_during_an_outage() {
            control("{'outage':true}");

            assertThatThrownBy(() -> client.authorize(key, "tok_ok", 1)).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> client.lookUp(key)).isInstanceOf(UncheckedIOException.class);

            client.delete("/v1/control");
            assertThat(client.lookUp(key).http()).isEqualTo(404);
        }

        @Test
        void that_are_mistaken_lose_their_answer_too() {
            control("{'drop_answers':1}");

            assertThatThrownBy(() -> client.post("/v1/authorizations", key, "{}"))
                    .isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> client.post("/v1/authorizations", null, authorization("tok_ok", 1)))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Nested
    class Lookups {

        @Test
        void suffer_as_well() {
            var key = newKey();
            client.authorize(key, "tok_ok", 1);

            control("{'server_errors':1}");
            assertThat(client.lookUp(key).http()).isEqualTo(500);
            control("{'drop_answers':1}");
            assertThatThrownBy(() -> client.lookUp(key)).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> client.lookUp("never")).isInstanceOf(UncheckedIOException.class);
            control("{'huge_answers':1}");
            assertThat(client.lookUp(key).body()).hasSizeGreaterThan(4_000_000);
        }

        @Test
        void of_the_ledger_the_controls_and_challenges_never_do() {
            var challenged = client.authorize(newKey(), "tok_3ds", 1).text("authorization_id");
            control("{'outage':true,'drop_answers':1,'server_errors':1}");

            assertThat(client.ledger()).hasSize(1);
            assertThat(client.get("/v1/control").http()).isEqualTo(200);
            assertThat(client.get("/challenges/" + challenged).http()).isEqualTo(200);
            assertThat(client.press(challenged, "approve").http()).isEqualTo(303);
        }
    }

    @Nested
    class The_random_sequence {

        @Test
        void is_the_same_for_the_same_seed() {
            var first = played(1);

            assertThat(played(1)).isEqualTo(first);
            assertThat(played(2)).isNotEqualTo(first);
            assertThat(first).contains("500", "lost", "200");
        }

        private List<String> played(int seed) {
            control("{'seed':%d,'server_errors':0.3,'drop_answers':0.3}".formatted(seed));
            var outcomes = new ArrayList<String>();
            for (var i = 0; i < 40; i++) {
                try {
                    outcomes.add(String.valueOf(client.authorize(newKey(), "tok_ok", 1).http()));
                } catch (UncheckedIOException e) {
                    outcomes.add("lost");
                }
            }
            return outcomes;
        }
    }
}
