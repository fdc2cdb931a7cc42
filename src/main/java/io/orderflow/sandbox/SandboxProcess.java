package io.orderflow.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** The gateway as a process of its own. */
final class SandboxProcess {

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("--port", "8089"),
            Map.entry("--ledger", "./data/sandbox-gateway.jsonl"),
            Map.entry("--slow-answer", "3s"),
            Map.entry("--silence", "30s"),
            Map.entry("--pending", "10s"),
            Map.entry("--challenge", "15m"),
            Map.entry("--capture-within", "7d"),
            Map.entry("--short-capture", "3s"),
            Map.entry("--callback-url", ""),
            Map.entry("--callback-secret", ""));

    private SandboxProcess() { }

    static void run(String... args) {
        SandboxGateway gateway;
        try {
            gateway = start(args);
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "sandbox-gateway-stop"));
        System.out.println("Sandbox gateway: " + gateway.url());
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static SandboxGateway start(String... args) {
        var options = new HashMap<>(DEFAULTS);
        for (var arg : args) {
            var option = arg.split("=", 2);
            if (option.length < 2 || options.replace(option[0], option[1]) == null) {
                // Without what follows the name, which may be a secret.
                throw new IllegalArgumentException("Unknown option " + option[0] + "; known are " + known());
            }
        }
        var timing = new Timing(duration(options, "--slow-answer"), duration(options, "--silence"),
                duration(options, "--pending"), duration(options, "--challenge"),
                duration(options, "--capture-within"), duration(options, "--short-capture"));
        return SandboxGateway.start(number(options, "--port"), Path.of(options.get("--ledger")), timing,
                Receiver.of(options.get("--callback-url"), options.get("--callback-secret")));
    }

    private static int number(Map<String, String> options, String name) {
        try {
            return Integer.parseInt(options.get(name));
        } catch (NumberFormatException e) {
            throw unreadable(name, options.get(name), e);
        }
    }

    private static Duration duration(Map<String, String> options, String name) {
        var text = options.get(name).toUpperCase(Locale.ROOT);
        try {
            return Duration.parse((text.endsWith("D") ? "P" : "PT") + text);
        } catch (DateTimeParseException e) {
            throw unreadable(name, options.get(name), e);
        }
    }

    private static IllegalArgumentException unreadable(String name, String value, RuntimeException cause) {
        return new IllegalArgumentException("Cannot read " + name + "=" + value, cause);
    }

    private static String known() {
        return DEFAULTS.entrySet().stream().map(Object::toString).sorted().collect(Collectors.joining(" "));
    }
}
