package io.orderflow.sandbox;

import com.sun.net.httpserver.HttpExchange;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Carries replies back to the client, or fails to; a reply that waits holds a connection but no thread. */
final class Wire {

    private final Timing timing;
    private final Executor workers;

    Wire(Timing timing, Executor workers) {
        this.timing = timing;
        this.workers = workers;
    }

    void reply(HttpExchange exchange, int status, Object body) {
        var json = Json.bytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        try {
            exchange.sendResponseHeaders(status, json.length);
            // Closing the body and not the exchange keeps the connection alive.
            try (var out = exchange.getResponseBody()) {
                out.write(json);
            }
        } catch (IOException e) {
            // The client is gone; it will ask again.
            exchange.close();
        }
    }

    void reply(HttpExchange exchange, Operation operation, Fault fault) {
        switch (fault) {
            case NONE -> reply(exchange, 200, operation);
            case SLOW -> after(timing.slowAnswer(), () -> reply(exchange, 200, operation));
            case SILENCE, SERVER_ERROR -> fail(exchange, fault);
        }
    }

    void fail(HttpExchange exchange, Fault fault) {
        switch (fault) {
            case SILENCE -> after(timing.silence(), exchange::close);
            case SERVER_ERROR -> reply(exchange, 500, new ApiError.Body("server_error", "The gateway stumbled"));
            case NONE, SLOW -> throw new IllegalArgumentException(fault + " is not a failure");
        }
    }

    private void after(Duration delay, Runnable action) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, workers).execute(action);
    }
}
