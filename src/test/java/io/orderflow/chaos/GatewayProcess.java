package io.orderflow.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The sandbox gateway as a process of its own, with its own ledger, which can be told to misbehave. */
final class GatewayProcess implements AutoCloseable {

    private final Process process;
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    static final String CALLBACK_SECRET = "whsec_chaos";

    private GatewayProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static GatewayProcess start(Path jar, Path directory, int port, String callbackUrl) throws IOException {
        var process = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-jar",
                jar.toAbsolutePath().toString(), "sandbox-gateway", "--port=" + port,
                "--ledger=" + ledger(directory), "--silence=2s", "--slow-answer=1s", "--pending=2s", "--challenge=5s",
                "--callback-url=" + callbackUrl, "--callback-secret=" + CALLBACK_SECRET)).redirectErrorStream(true)
                .redirectOutput(directory.resolve("gateway.log").toFile()).start();
        return new GatewayProcess(process, "http://127.0.0.1:" + port);
    }

    static Path ledger(Path directory) {
        return directory.resolve("gateway.jsonl");
    }

    String url() {
        return url;
    }

    /** @param seed by which it goes wrong */
    void misbehave(long seed) throws Exception {
        control(HttpRequest.newBuilder().PUT(BodyPublishers.ofString(String.format(Locale.ROOT, """
                {"seed":%d,"drop_answers":0.3,"duplicate_answers":0.1,"server_errors":0.1,"stalls":0.02,
                 "malformed_answers":0.02,"huge_answers":0.01,
                 "callbacks":{"lose":0.2,"double":0.2,"reorder":0.2,"delay_at_most":"PT2S"}}""", seed & 0xffff))));
    }

    /** Nothing is done or said. */
    void goAway() throws Exception {
        control(HttpRequest.newBuilder().PUT(BodyPublishers.ofString("{\"outage\":true}")));
    }

    void behave() throws Exception {
        control(HttpRequest.newBuilder().DELETE());
    }

    private void control(HttpRequest.Builder request) throws Exception {
        for (int attempt = 0;; attempt++) {
            try {
                int status = http.send(request.uri(URI.create(url + "/v1/control"))
                        .header("Content-Type", "application/json").build(), BodyHandlers.discarding()).statusCode();
                if (status >= 300) {
                    throw new IllegalStateException("The gateway refuses its control: " + status);
                }
                return;
            } catch (IOException notUp) {
                if (attempt == 100) {
                    throw notUp;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}
