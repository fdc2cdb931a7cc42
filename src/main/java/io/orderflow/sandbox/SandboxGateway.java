package io.orderflow.sandbox;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A payment gateway to practise on: a real HTTP server, reachable from this machine only. */
public final class SandboxGateway implements AutoCloseable {

    /** A request occupies one from its first byte on; those that do not come whole in time are cut off. */
    private static final int THREADS = 512;
    private static final int IDLE_SECONDS = 10;
    private static final Map<String, String> SERVER = Map.of(
            // The JDK's server leaves Nagle's algorithm on, which costs 40 ms an answer on a kept-alive connection.
            "sun.net.httpserver.nodelay", "true",
            // Seconds for a whole request, which is as long as it likes otherwise.
            "sun.net.httpserver.maxReqTime", "10");
    private static final int BACKLOG = 1024;

    private final HttpServer server;
    private final ExecutorService workers;
    private final Optional<Callbacks> callbacks;
    private final Bank bank;

    private SandboxGateway(HttpServer server, Path ledgerFile, Timing timing, Optional<Receiver> receiver)
            throws IOException {
        this.server = server;
        var adversary = new FaultInjector();
        this.callbacks = receiver.isEmpty() ? Optional.empty()
                : Optional.of(new Callbacks(receiver.get(), ledgerFile, adversary));
        try {
            this.bank = new Bank(ledgerFile, timing, entry -> callbacks.ifPresent(them -> them.announce(entry)));
        } catch (IOException | RuntimeException e) {
            callbacks.ifPresent(Callbacks::close);
            throw e;
        }
        this.workers = workers();
        server.setExecutor(workers);
        server.createContext("/", new GatewayApi(bank, adversary, new FaultyResponder(timing, workers), url()));
        server.start();
    }

    /** Runs the gateway until the process is told to stop; {@code --port=8089 --ledger=./data/sandbox-gateway.jsonl}. */
    public static void run(String... args) {
        SandboxProcess.run(args);
    }

    /** Starts the gateway, which calls nobody back; port 0 takes any free one. */
    public static SandboxGateway start(int port, Path ledgerFile) {
        return start(port, ledgerFile, Timing.DEFAULT, Optional.empty());
    }

    static SandboxGateway start(int port, Path ledgerFile, Timing timing, Optional<Receiver> receiver) {
        var server = bind(port);
        try {
            return new SandboxGateway(server, ledgerFile, timing, receiver);
        } catch (IOException e) {
            server.stop(0);
            throw new SandboxUnusableException("The sandbox gateway cannot use the ledger " + ledgerFile.toAbsolutePath()
                    + ": " + reasonOf(e), "Name another file with orderflow.sandbox.ledger, or --ledger.", e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":" + port();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdown();
        try {
            workers.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        bank.close();
        callbacks.ifPresent(Callbacks::close);
    }

    private static HttpServer bind(int port) {
        SERVER.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (BindException e) {
            throw new SandboxUnusableException("The sandbox gateway cannot have port " + port + ": " + e.getMessage(),
                    "Choose another with orderflow.sandbox.port, or --port.", e);
        } catch (IOException e) {
            throw new IllegalStateException("The sandbox gateway cannot listen: " + e.getMessage(), e);
        }
    }

    private static ExecutorService workers() {
        var number = new AtomicInteger();
        var workers = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                task -> {
                    var thread = new Thread(task, "sandbox-gateway-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }

    /** File system exceptions name the file but not always what is wrong with it. */
    private static String reasonOf(IOException e) {
        return e.getClass() == IOException.class ? e.getMessage() : e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
