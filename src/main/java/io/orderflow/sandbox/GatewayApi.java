package io.orderflow.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The gateway's HTTP face: reads requests, lets the bank decide, and plays the token's part. */
final class GatewayApi implements HttpHandler {

    private static final int LARGEST_BODY = 64 * 1024;
    private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

    // Not in the ledger on purpose: a first try that did nothing left no trace in the world either.
    private final Set<String> tried = ConcurrentHashMap.newKeySet();
    private final Bank bank;
    private final Wire wire;

    GatewayApi(Bank bank, Wire wire) {
        this.bank = bank;
        this.wire = wire;
    }

    @Override
    public void handle(HttpExchange exchange) {
        try {
            route(exchange, bodyOf(exchange));
        } catch (ApiError e) {
            wire.reply(exchange, e.status(), e.body());
        } catch (IOException e) {
            exchange.close();
        } catch (RuntimeException e) {
            System.getLogger(GatewayApi.class.getName()).log(System.Logger.Level.WARNING, "Unexpected failure", e);
            wire.reply(exchange, 500, new ApiError.Body("internal_error", "The outcome is unknown; look it up"));
        }
    }

    private void route(HttpExchange exchange, byte[] body) {
        var path = segmentsOf(exchange);
        if (path.equals(List.of("v1", "ledger"))) {
            requireMethod(exchange, "GET");
            wire.reply(exchange, 200, bank.entries());
        } else if (path.size() == 3 && path.subList(0, 2).equals(List.of("v1", "operations"))) {
            requireMethod(exchange, "GET");
            lookUp(exchange, path.get(2));
        } else if (path.equals(List.of("v1", "authorizations"))) {
            requireMethod(exchange, "POST");
            perform(exchange, read(body, AuthorizationBody.class).request());
        } else if (path.size() == 4 && path.subList(0, 2).equals(List.of("v1", "authorizations"))) {
            requireMethod(exchange, "POST");
            perform(exchange, requestOn(path.get(2), path.get(3), body));
        } else {
            throw notFound();
        }
    }

    private void lookUp(HttpExchange exchange, String key) {
        var entry = bank.find(key).orElseThrow(
                () -> new ApiError(404, "unknown_operation", "Nothing happened under this key"));
        wire.reply(exchange, 200, Operation.of(entry));
    }

    private void perform(HttpExchange exchange, Request request) {
        var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (key == null || !KEY.matcher(key).matches()) {
            throw ApiError.badRequest("Idempotency-Key must be 1 to 255 visible ASCII characters");
        }
        var script = Token.scriptOf(request);
        if (script.firstTry() != Fault.NONE && bank.find(key).isEmpty() && tried.add(key)) {
            wire.fail(exchange, script.firstTry());
            return;
        }
        var performed = bank.perform(key, request, script.declineCode());
        // Who asks again gets the truth at once.
        wire.reply(exchange, Operation.of(performed.entry()), performed.fresh() ? script.answer() : Fault.NONE);
    }

    private static Request requestOn(String authorizationId, String action, byte[] body) {
        return switch (action) {
            case "captures" -> Request.on(authorizationId, Kind.CAPTURE, read(body, AmountBody.class).required());
            case "refunds" -> Request.on(authorizationId, Kind.REFUND, read(body, AmountBody.class).required());
            case "voids" -> {
                if (body.length > 0) {
                    read(body, NoBody.class);
                }
                yield Request.on(authorizationId, Kind.VOID, null);
            }
            default -> throw notFound();
        };
    }

    private static byte[] bodyOf(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new ApiError(413, "body_too_large", "A body has at most " + LARGEST_BODY + " bytes");
        }
        return body;
    }

    private static <T> T read(byte[] body, Class<T> type) {
        try {
            var value = Json.read(body, type);
            if (value == null) {
                throw ApiError.badRequest("A JSON object is needed");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw ApiError.badRequest(e.getOriginalMessage());
        } catch (IOException e) {
            throw ApiError.badRequest(e.getMessage());
        }
    }

    private static List<String> segmentsOf(HttpExchange exchange) {
        // Split before decoding, so that a key may hold a slash; a plus is no space in a path.
        return Arrays.stream(exchange.getRequestURI().getRawPath().substring(1).split("/", -1))
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    private static void requireMethod(HttpExchange exchange, String method) {
        if (!exchange.getRequestMethod().equals(method)) {
            exchange.getResponseHeaders().set("Allow", method);
            throw new ApiError(405, "method_not_allowed", "Only " + method + " is answered here");
        }
    }

    private static ApiError notFound() {
        return new ApiError(404, "not_found", "There is nothing here");
    }

    private record AuthorizationBody(Amount amount, String method, String merchantReference) {

        Request request() {
            if (amount == null || method == null || merchantReference == null) {
                throw ApiError.badRequest("amount, method and merchant_reference are needed");
            }
            return Request.authorize(amount, method, merchantReference);
        }
    }

    private record AmountBody(Amount amount) {

        Amount required() {
            if (amount == null) {
                throw ApiError.badRequest("amount is needed");
            }
            return amount;
        }
    }

    private record NoBody() { }
}
