package io.orderflow.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import io.orderflow.sandbox.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Delivers answers to the client, with their faults. A delayed answer occupies a connection but no thread. */
public final class Responder {

    private static final Reply SERVER_ERROR = Reply.error(500, "server_error", "Injected server error");
    private static final int PADDING_BYTES = 4 * 1024 * 1024;
    /** To the server, a length of zero is one that is not known yet. */
    private static final int UNKNOWN_LENGTH = 0;

    private final Duration slowAnswer;
    private final Duration silence;
    private final Executor workers;

    /**
     * @param slowAnswer until a slow answer is delivered
     * @param silence    how long a connection without an answer is held
     */
    public Responder(Duration slowAnswer, Duration silence, Executor workers) {
        this.slowAnswer = slowAnswer;
        this.silence = silence;
        this.workers = workers;
    }

    void send(HttpExchange exchange, Reply reply) {
        switch (reply.fault()) {
            case NONE -> write(exchange, reply, reply.body());
            case SLOW -> after(slowAnswer, () -> write(exchange, reply, reply.body()));
            case SILENCE -> after(silence, exchange::close);
            case DROP -> exchange.close();
            case SERVER_ERROR -> write(exchange, SERVER_ERROR, SERVER_ERROR.body());
            case MALFORMED -> write(exchange, reply, Arrays.copyOf(reply.body(), reply.body().length / 2));
            case HUGE -> {
                var padded = new byte[PADDING_BYTES + reply.body().length];
                Arrays.fill(padded, (byte) ' ');
                System.arraycopy(reply.body(), 0, padded, PADDING_BYTES, reply.body().length);
                write(exchange, reply, padded, UNKNOWN_LENGTH);
            }
        }
    }

    private void after(Duration delay, Runnable action) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, workers).execute(action);
    }

    private static void write(HttpExchange exchange, Reply reply, byte[] body) {
        write(exchange, reply, body, body.length);
    }

    private static void write(HttpExchange exchange, Reply reply, byte[] body, long length) {
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        try {
            exchange.sendResponseHeaders(reply.status(), length);
            // Closing the body and not the exchange keeps the connection alive.
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        } catch (IOException e) {
            // The client has disconnected.
            exchange.close();
        }
    }
}
