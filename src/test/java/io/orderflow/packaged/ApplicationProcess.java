package io.orderflow.packaged;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The packaged application as a process of its own, on free ports and with its data in a folder of its own. */
public final class ApplicationProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final int port;
    private final Instant started;
    private Duration startUp;

    private ApplicationProcess(Process process, int port, Instant started) {
        this.process = process;
        this.port = port;
        this.started = started;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param options of the application, such as {@code --orderflow.demo.enabled=false}
     */
    public static ApplicationProcess start(Path jar, Path data, String... options) throws Exception {
        int port = FreePorts.next();
        int gatewayPort = FreePorts.next();
        List<String> all = new ArrayList<>(List.of("--orderflow.sandbox.port=" + gatewayPort,
                "--orderflow.payment.gateway.url=http://127.0.0.1:" + gatewayPort));
        all.addAll(List.of(options));
        Path log = data.resolve("application.log");
        var application = launch(jar, data, port, List.of(System.getProperty("benchmark.jvm", "-Xmx1g").split(" ")),
                all, log);
        if (!application.awaitReady()) {
            throw new IllegalStateException("It did not start; see " + log);
        }
        return application;
    }

    /**
     * Starts it and waits for nothing.
     *
     * @param jvm     options of the virtual machine
     * @param options of the application
     * @param log     what it says is added here
     */
    public static ApplicationProcess launch(Path jar, Path data, int port, List<String> jvm, List<String> options,
            Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString(), "--server.port=" + port));
        command.addAll(options);
        Instant started = Instant.now();
        Process process = new ProcessBuilder(command).directory(data.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        return new ApplicationProcess(process, port, started);
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public Instant started() {
        return started;
    }

    public Duration startUp() {
        return startUp;
    }

    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** @return whether it has died by then */
    public boolean awaitDeath(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** As {@code kill -9} does: nothing is flushed, nothing says goodbye. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * Asks it to stop, as {@code kill} and every supervisor do.
     *
     * @return its exit code; empty when it has not ended by then
     */
    public OptionalInt terminate(Duration patience) throws InterruptedException {
        process.destroy();
        return awaitDeath(patience) ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    /** @return false when it has died before it was ready, or takes too long */
    public boolean awaitReady() throws InterruptedException {
        var http = HttpClient.newHttpClient();
        var probe = HttpRequest.newBuilder(URI.create(url() + "/actuator/health/readiness")).build();
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (process.isAlive() && Instant.now().isBefore(giveUp)) {
            try {
                if (http.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    startUp = Duration.between(started, Instant.now());
                    return true;
                }
            } catch (IOException notYet) {
                // it does not listen yet
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return false;
    }
}
