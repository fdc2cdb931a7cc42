package io.orderflow.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CountDownLatch;

/** The gateway as a process of its own. */
final class SandboxProcess {

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
        var port = 8089;
        var ledger = Path.of("./data/sandbox-gateway.jsonl");
        var slowAnswer = Timing.DEFAULT.slowAnswer();
        var silence = Timing.DEFAULT.silence();
        for (var arg : args) {
            var option = arg.split("=", 2);
            if (option.length < 2) {
                throw unknown(arg);
            }
            try {
                switch (option[0]) {
                    case "--port" -> port = Integer.parseInt(option[1]);
                    case "--ledger" -> ledger = Path.of(option[1]);
                    case "--slow-answer" -> slowAnswer = Duration.parse("PT" + option[1]);
                    case "--silence" -> silence = Duration.parse("PT" + option[1]);
                    default -> throw unknown(arg);
                }
            } catch (NumberFormatException | DateTimeParseException e) {
                throw new IllegalArgumentException("Cannot read " + arg, e);
            }
        }
        return SandboxGateway.start(port, ledger, new Timing(slowAnswer, silence));
    }

    private static IllegalArgumentException unknown(String arg) {
        return new IllegalArgumentException("Unknown option " + arg
                + "; known are --port=8089 --ledger=./data/sandbox-gateway.jsonl --slow-answer=3s --silence=30s");
    }
}
