package io.orderflow.sandbox;

import io.orderflow.packaged.FreePorts;
import io.orderflow.sandbox.bank.Timing;
import io.orderflow.sandbox.callback.CallbackReceiver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SandboxConfigurationTest {

    @TempDir
    Path directory;

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(SandboxConfiguration.class);

    @Test
    void runs_the_gateway_as_long_as_the_application() {
        var port = FreePorts.next();
        var client = new GatewayClient("http://127.0.0.1:" + port);

        application.withPropertyValues("orderflow.sandbox.port=" + port,
                "orderflow.sandbox.ledger=" + directory.resolve("ledger.jsonl")).run(context ->
                assertThat(client.authorize(GatewayClient.newKey(), "tok_ok", 1).outcome()).isEqualTo("succeeded"));

        assertThatThrownBy(client::ledger).hasCauseInstanceOf(ConnectException.class);
        assertThatCode(() -> SandboxGateway.start("--port=" + port,
                "--ledger=" + directory.resolve("ledger.jsonl")).close())
                .doesNotThrowAnyException();
    }

    @Test
    void leaves_it_to_another_process_when_told() {
        application.withPropertyValues("orderflow.sandbox.embedded=false").run(context ->
                assertThat(context).hasNotFailed().doesNotHaveBean(SandboxConfiguration.class));
    }

    @Test
    void has_defaults() {
        var options = new Binder().bindOrCreate("orderflow.sandbox", SandboxOptions.class);

        assertThat(options).isEqualTo(SandboxOptions.of());
        assertThat(options.port()).isEqualTo(8089);
        assertThat(options.ledger()).isEqualTo(Path.of("data/sandbox-gateway.jsonl"));
        assertThat(options.slowAnswer()).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.silence()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.timing()).isEqualTo(new Timing(Duration.ofSeconds(10), Duration.ofMinutes(15),
                Duration.ofDays(7), Duration.ofSeconds(3)));
        assertThat(options.receiver()).isEmpty();
    }

    @Test
    void calls_this_very_application_back() {
        new ApplicationContextRunner().withInitializer(new ConfigDataApplicationContextInitializer())
                .withPropertyValues("server.port=8181", "orderflow.sandbox.callback-secret=whsec_mine").run(context ->
                        assertThat(Binder.get(context.getEnvironment())
                                .bindOrCreate("orderflow.sandbox", SandboxOptions.class).receiver())
                                .contains(new CallbackReceiver(
                                        URI.create("http://127.0.0.1:8181/v1/gateway-callbacks/sandbox"),
                                        "whsec_mine")));
    }

    @Test
    void never_prints_the_secret() {
        application.withPropertyValues("orderflow.sandbox.embedded=true", "orderflow.sandbox.port=0",
                "orderflow.sandbox.ledger=" + directory.resolve("ledger.jsonl"),
                "orderflow.sandbox.callback-url=http://127.0.0.1:1/", "orderflow.sandbox.callback-secret=whsec_mine")
                .run(context -> {
                    var options = context.getBean(SandboxOptions.class);
                    assertThat(options.callbackSecret()).isEqualTo("whsec_mine");
                    assertThat(options + " " + options.receiver()).doesNotContain("whsec_mine");
                });
    }
}
