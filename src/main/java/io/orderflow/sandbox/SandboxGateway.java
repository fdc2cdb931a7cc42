package io.orderflow.sandbox;

import com.sun.net.httpserver.HttpServer;
import io.orderflow.sandbox.bank.Bank;
import io.orderflow.sandbox.callback.Callbacks;
import io.orderflow.sandbox.fault.FaultInjector;
import io.orderflow.sandbox.http.GatewayApi;
import io.orderflow.sandbox.http.Responder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** A payment gateway for development and tests: an HTTP server on the loopback address. */
public final class SandboxGateway implements AutoCloseable {

    /** A request occupies a thread from its first byte; one that does not arrive whole in time is cut off. */
    private static final int THREADS = 512;
    private static final int IDLE_SECONDS = 10;
    private static final int BACKLOG = 1024;

    static {
        // The JDK's server leaves Nagle's algorithm on, which costs 40 ms an answer on a kept-alive connection.
        System.getProperties().putIfAbsent("sun.net.httpserver.nodelay", "true");
        // Seconds for a whole request; unlimited otherwise.
        System.getProperties().putIfAbsent("sun.net.httpserver.maxReqTime", "10");
    }

    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), new CustomizableThreadFactory("sandbox-gateway-"));
    private final HttpServer server;
    private final Optional<Callbacks> callbacks;
    private final Bank bank;

    private SandboxGateway(HttpServer server, SandboxOptions options) throws IOException {
        this.server = server;
        var injector = new FaultInjector();
        var receiver = options.receiver();
        this.callbacks = receiver.isEmpty() ? Optional.empty()
                : Optional.of(new Callbacks(receiver.get(), options.ledger(), injector));
        try {
            this.bank = new Bank(options.ledger(), options.timing(),
                    entry -> callbacks.ifPresent(all -> all.announce(entry)));
        } catch (IOException | RuntimeException e) {
            callbacks.ifPresent(Callbacks::close);
            throw e;
        }
        workers.allowCoreThreadTimeOut(true);
        server.setExecutor(workers);
        var responder = new Responder(options.slowAnswer(), options.silence(), workers);
        server.createContext("/", new GatewayApi(bank, injector, responder, url()));
        server.start();
    }

    /** Runs the gateway as a process of its own, until it is stopped. */
    public static void run(String... arguments) {
        try {
            var gateway = start(arguments);
            Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "sandbox-gateway-stop"));
            System.out.println("Sandbox gateway: " + gateway.url());
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** @param options as in docs/sandbox.md; port 0 takes any free one */
    public static SandboxGateway start(String... options) {
        return start(SandboxOptions.of(options));
    }

    static SandboxGateway start(SandboxOptions options) {
        // An invalid callback address is refused before a port is bound.
        options.receiver();
        var server = bind(options.port());
        try {
            return new SandboxGateway(server, options);
        } catch (IOException e) {
            server.stop(0);
            throw new SandboxUnusableException("The sandbox gateway cannot use the ledger "
                    + options.ledger().toAbsolutePath() + ": " + reasonOf(e),
                    "Name another file with orderflow.sandbox.ledger, or --ledger.", e);
        }
    }

    private static HttpServer bind(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException e) {
            throw new SandboxUnusableException("The sandbox gateway cannot use port " + port + ": " + e.getMessage(),
                    "Choose another with orderflow.sandbox.port, or --port.", e);
        }
    }

    /** File system exceptions name the file but not always what is wrong with it. */
    private static String reasonOf(IOException e) {
        return e.getClass() == IOException.class ? e.getMessage() : e.getClass().getSimpleName() + " " + e.getMessage();
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
}
