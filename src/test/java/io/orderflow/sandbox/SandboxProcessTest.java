package io.orderflow.sandbox;

import io.orderflow.OrderflowApplication;
import io.orderflow.sandbox.GatewayClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/** The gateway as the process that {@code java -jar orderflow.jar sandbox-gateway} starts. */
@Timeout(120)
class SandboxProcessTest {

    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void leave_no_process_behind() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void forgets_no_answer_when_it_is_killed_in_the_middle() throws Exception {
        var answers = new ConcurrentHashMap<String, Answer>();
        var enough = new CountDownLatch(200);
        var gateway = start(List.of());
        var client = new GatewayClient(urlOf(gateway));
        var merchants = Stream.generate(() -> CompletableFuture.runAsync(() -> buyUntilCutOff(client, answers, enough),
                task -> new Thread(task).start())).limit(8).toList();
        enough.await();

        gateway.destroyForcibly().waitFor();

        merchants.forEach(CompletableFuture::join);
        assertThat(answers).hasSizeGreaterThanOrEqualTo(200);
        assertRemembered(answers);
    }

    @Test
    void settles_what_was_open_when_it_was_killed_and_keeps_what_was_settled() throws Exception {
        var gateway = start(List.of(), "--pending=1S");
        var client = new GatewayClient(urlOf(gateway));
        client.authorize("pending", "tok_pending", 1299);
        var approved = client.authorize("approved", "tok_3ds", 1299).text("authorization_id");
        client.press(approved, "approve");
        client.authorize("challenged", "tok_3ds", 1299);

        gateway.destroyForcibly().waitFor();

        var again = new GatewayClient(urlOf(start(List.of(), "--pending=1H")));
        await().untilAsserted(() -> assertThat(again.lookUp("pending").outcome()).isEqualTo("succeeded"));
        assertThat(again.lookUp("approved").outcome()).isEqualTo("succeeded");
        assertThat(again.lookUp("challenged").outcome()).isEqualTo("action_required");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void answers_nothing_that_it_could_not_write() throws Exception {
        var gateway = start(List.of("sh", "-c", "ulimit -f 8; exec \"$@\"", "sh"));
        var answers = new HashMap<String, Answer>();
        var client = new GatewayClient(urlOf(gateway));
        String key;
        Answer answer;
        do {
            key = GatewayClient.newKey();
            answer = client.authorize(key, "tok_ok", 1299);
            answers.put(key, answer);
        } while (answer.http() == 200 && answers.size() < 100);

        assertThat(answer.http()).isEqualTo(500);
        assertThat(client.lookUp(key).http()).isEqualTo(500);
        assertThat(client.authorize(GatewayClient.newKey(), "tok_ok", 1299).http()).isEqualTo(500);
        gateway.destroyForcibly().waitFor();

        answers.remove(key);
        assertRemembered(answers);
    }

    @Test
    void says_why_it_cannot_start() throws Exception {
        var gateway = start(List.of(), "--ledger=" + directory);

        assertThat(gateway.waitFor()).isEqualTo(1);
        assertThat(gateway.inputReader(StandardCharsets.UTF_8).readLine())
                .startsWith("The sandbox gateway cannot use the ledger " + directory);
    }

    @Test
    void refuses_options_it_does_not_know() {
        assertThatIllegalArgumentException().isThrownBy(() -> SandboxGateway.start("--prot=1"))
                .withMessageContaining("--prot").withMessageContaining("--port");
        assertThatIllegalArgumentException().isThrownBy(() -> SandboxGateway.start("--port=many"))
                .withMessageContaining("--port=many");
        assertThatIllegalArgumentException().isThrownBy(() -> SandboxGateway.start("--pending=soon"))
                .withMessageContaining("--pending=soon");
        assertThatIllegalArgumentException().isThrownBy(() -> SandboxGateway.start("--callback-secrte=whsec_mine"))
                .withMessageContaining("--callback-secrte").withMessageNotContaining("whsec_mine");
        assertThatIllegalArgumentException().isThrownBy(() -> SandboxGateway.start("--callback-url=http://127.0.0.1/"))
                .withMessageContaining("callback-secret");
    }

    @Test
    void counts_days_as_well_as_seconds() {
        try (var gateway = SandboxGateway.start("--port=0", "--ledger=" + directory.resolve("days.jsonl"),
                "--capture-within=2D", "--short-capture=3S", "--callback-url=")) {
            var client = new GatewayClient(gateway.url());
            var answer = client.authorize(GatewayClient.newKey(), "tok_ok", 1);

            var authorizedAt = Instant.parse(client.ledger().get(0).path("at").asText());
            assertThat(answer.text("capture_before")).isEqualTo(authorizedAt.plus(Duration.ofDays(2)).toString());
        }
    }

    private void assertRemembered(Map<String, Answer> answers) throws Exception {
        var client = new GatewayClient(urlOf(start(List.of())));
        assertThat(answers).isNotEmpty()
                .allSatisfy((key, answer) -> assertThat(client.lookUp(key)).isEqualTo(answer));
    }

    private static void buyUntilCutOff(GatewayClient client, Map<String, Answer> answers, CountDownLatch enough) {
        try {
            while (true) {
                var key = GatewayClient.newKey();
                answers.put(key, client.authorize(key, "tok_ok", 1299));
                enough.countDown();
            }
        } catch (UncheckedIOException expected) {
            // Killed.
        }
    }

    private Process start(List<String> wrapper, String... options) throws IOException {
        var java = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:-UsePerfData",
                "-cp", System.getProperty("java.class.path"), OrderflowApplication.class.getName(),
                "sandbox-gateway", "--port=0", "--callback-url=", "--ledger=" + directory.resolve("ledger.jsonl"));
        var command = Stream.of(wrapper, java, List.of(options)).flatMap(List::stream).toList();
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        started.add(process);
        return process;
    }

    private static String urlOf(Process gateway) throws IOException {
        var line = new BufferedReader(new InputStreamReader(gateway.getInputStream(), StandardCharsets.UTF_8)).readLine();
        assertThat(line).startsWith("Sandbox gateway: http://127.0.0.1:");
        return line.substring("Sandbox gateway: ".length());
    }
}
