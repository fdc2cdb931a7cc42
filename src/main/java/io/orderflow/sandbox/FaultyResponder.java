package io.orderflow.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Carries replies back to the client, or fails to; a reply that waits holds a connection but no thread. */
final class FaultyResponder {

    private static final Reply STUMBLE = new Reply(500, new ApiError.Body("server_error", "The gateway stumbled"));
    private static final int PADDING_BYTES = 4 * 1024 * 1024;
    /** To the server, a length of zero is one that nobody knows yet. */
    private static final int UNKNOWN_LENGTH = 0;

    private final Timing timing;
    private final Executor workers;

    FaultyResponder(Timing timing, Executor workers) {
        this.timing = timing;
        this.workers = workers;
    }

    void send(HttpExchange exchange, Reply reply) {
        send(exchange, reply.status(), "application/json", Json.bytes(reply.body()));
    }

    void send(HttpExchange exchange, int status, String contentType, byte[] body) {
        write(exchange, status, contentType, body.length, out -> out.write(body));
    }

    void send(HttpExchange exchange, Reply reply, Fault fault) {
        switch (fault) {
            case NONE -> send(exchange, reply);
            case SLOW -> after(timing.slowAnswer(), () -> send(exchange, reply));
            case MALFORMED -> {
                var json = Json.bytes(reply.body());
                send(exchange, reply.status(), "application/json", Arrays.copyOf(json, json.length / 2));
            }
            case HUGE -> write(exchange, reply.status(), "application/json", UNKNOWN_LENGTH, out -> {
                var padding = new byte[8 * 1024];
                Arrays.fill(padding, (byte) ' ');
                for (var sent = 0; sent < PADDING_BYTES; sent += padding.length) {
                    out.write(padding);
                }
                out.write(Json.bytes(reply.body()));
            });
            case SILENCE, DROP, SERVER_ERROR -> fail(exchange, fault);
        }
    }

    void fail(HttpExchange exchange, Fault fault) {
        switch (fault) {
            case SILENCE -> after(timing.silence(), exchange::close);
            case DROP -> exchange.close();
            case SERVER_ERROR -> send(exchange, STUMBLE);
            case NONE, SLOW, MALFORMED, HUGE -> throw new IllegalArgumentException(fault + " needs an answer");
        }
    }

    private void after(Duration delay, Runnable action) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, workers).execute(action);
    }

    private static void write(HttpExchange exchange, int status, String contentType, long length, Body body) {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        try {
            exchange.sendResponseHeaders(status, length);
            // Closing the body and not the exchange keeps the connection alive.
            try (var out = exchange.getResponseBody()) {
                body.writeTo(out);
            }
        } catch (IOException e) {
            // The client is gone; it will ask again.
            exchange.close();
        }
    }

    private interface Body {

        void writeTo(OutputStream out) throws IOException;
    }
}
