package io.orderflow.packaged;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged application as a process of its own, on free ports and with its data in a folder of its own. */
public final class ApplicationProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Process process;
    private final String url;
    private final Instant started;
    private final Duration startUp;

    private ApplicationProcess(Process process, String url, Instant started, Duration startUp) {
        this.process = process;
        this.url = url;
        this.started = started;
        this.startUp = startUp;
    }

    /** @param options of the application, such as {@code --orderflow.demo.enabled=false} */
    public static ApplicationProcess start(Path jar, Path data, String... options) throws Exception {
        int port = freePort();
        int gatewayPort = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("benchmark.jvm", "-Xmx1g").split(" ")));
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString(), "--server.port=" + port,
                "--orderflow.sandbox.port=" + gatewayPort,
                "--orderflow.payment.gateway.url=http://127.0.0.1:" + gatewayPort));
        command.addAll(List.of(options));
        Instant started = Instant.now();
        Process process = new ProcessBuilder(command).directory(data.toFile()).redirectErrorStream(true)
                .redirectOutput(data.resolve("application.log").toFile()).start();
        String url = "http://127.0.0.1:" + port;
        awaitReady(process, url, data);
        return new ApplicationProcess(process, url, started, Duration.between(started, Instant.now()));
    }

    public String url() {
        return url;
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

    /** As {@code kill -9} does: nothing is flushed, nothing says goodbye. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private static void awaitReady(Process process, String url, Path data) throws Exception {
        var http = HttpClient.newHttpClient();
        var probe = HttpRequest.newBuilder(URI.create(url + "/actuator/health/readiness")).build();
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                if (http.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                if (!process.isAlive() || Instant.now().isAfter(giveUp)) {
                    throw new IllegalStateException("It did not start; see " + data.resolve("application.log"));
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
