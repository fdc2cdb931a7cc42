package io.orderflow.payment.gateway.stripe;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A Stripe on this machine that behaves as Stripe's API reference says: it authenticates, keeps the answer of each
 * idempotency key for a day, and has the books of {@link StripeBooks}. It can be told to have trouble.
 */
final class StripeDouble implements AutoCloseable {

    static final String API_KEY = "sk_test_double";

    private static final Duration KEYS_LIVE = Duration.ofHours(24);
    private static final JsonMapper JSON = new JsonMapper();

    static {
        // Else each answer waits 40 ms for the acknowledgement of its header.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Kept> keys = new HashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Deque<Trouble> troubles = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final StripeBooks books = new StripeBooks();

    /** What goes wrong with one request. */
    enum Trouble {
        NONE,
        /** It is done, and the connection breaks instead of carrying the answer. */
        ANSWER_LOST,
        /** It is done, and nothing comes back for as long as the caller waits. */
        ANSWER_LATE,
        /** It is done, and the answer says that it was not; that is what is kept under the key. */
        ERROR_AFTER_EFFECT,
        /** It never arrives. */
        REQUEST_LOST,
        ERROR, RATE_LIMIT, LOCK_TIMEOUT, LOCK_TIMEOUT_AS_400, KEY_IN_USE, KEY_REFUSED, NOT_PERMITTED, MALFORMED,
        OUR_MISTAKE, OTHER_MODE, REFUSED, TRUNCATED, EMPTY, HTML, WITHOUT_CONTENT, HUGE, STRANGER_404
    }

    /** A request as it arrived, its parameters by their full names, such as {@code metadata[order_id]}. */
    record Request(String method, String path, String idempotencyKey, Map<String, String> params) {
    }

    /** An answer. */
    record Answer(int status, Object body, boolean keep) {

        static Answer ok(Object body) {
            return new Answer(200, body, true);
        }

        /** @param keep whether the request was being executed when it failed; what fails validation is not kept */
        static Answer error(int status, boolean keep, Object... fields) {
            var error = new LinkedHashMap<String, Object>();
            for (int i = 0; i < fields.length; i += 2) {
                error.put((String) fields[i], fields[i + 1]);
            }
            return new Answer(status, Map.of("error", error), keep);
        }
    }

    private record Kept(Request request, Answer answer, Instant at) {
    }

    StripeDouble() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    StripeBooks books() {
        return books;
    }

    /** The next requests have these troubles, one each; those after them none. */
    void expects(Trouble... next) {
        synchronized (books) {
            troubles.addAll(List.of(next));
        }
    }

    List<Request> requests() {
        return requests;
    }

    List<Request> posts() {
        return requests.stream().filter(request -> request.method().equals("POST")).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = read(exchange);
            Trouble trouble;
            Answer answer;
            boolean replayed;
            synchronized (books) {
                trouble = troubles.isEmpty() ? Trouble.NONE : troubles.pop();
                requests.add(request);
                if (trouble == Trouble.REQUEST_LOST) {
                    return;
                }
                keys.values().removeIf(kept -> kept.at().plus(KEYS_LIVE).isBefore(books.now()));
                replayed = keys.containsKey(request.idempotencyKey());
                answer = answer(request, exchange.getRequestHeaders().getFirst("Authorization"), trouble);
            }
            send(exchange, request, answer, replayed, trouble);
        }
    }

    private Answer answer(Request request, String authorization, Trouble trouble) {
        return switch (trouble) {
            case RATE_LIMIT -> Answer.error(429, false, "type", "invalid_request_error", "code", "rate_limit");
            case LOCK_TIMEOUT -> Answer.error(429, false, "type", "invalid_request_error", "code", "lock_timeout");
            case LOCK_TIMEOUT_AS_400 -> Answer.error(400, false, "type", "invalid_request_error", "code",
                    "lock_timeout");
            case KEY_IN_USE -> Answer.error(409, false, "type", "invalid_request_error", "code",
                    "idempotency_key_in_use");
            case ERROR -> Answer.error(500, false, "type", "api_error", "message", "Something went wrong.");
            case OUR_MISTAKE -> Answer.error(400, false, "type", "invalid_request_error", "code", "parameter_unknown",
                    "message", "Received unknown parameter: colour");
            case OTHER_MODE -> Answer.error(400, false, "type", "invalid_request_error", "code", "livemode_mismatch",
                    "message", "A similar object exists in live mode.");
            case REFUSED -> Answer.error(400, false, "type", "invalid_request_error", "code", "amount_too_small",
                    "message", "Amount must be at least 50 cents.");
            case KEY_REFUSED -> keyRefused();
            case NOT_PERMITTED -> Answer.error(403, false, "type", "invalid_request_error", "message",
                    "The provided key 'rk_test_********' does not have the required permissions.");
            default -> ("Bearer " + API_KEY).equals(authorization) ? once(request, trouble) : keyRefused();
        };
    }

    private static Answer keyRefused() {
        return Answer.error(401, false, "type", "invalid_request_error", "message",
                "Invalid API Key provided: sk_test_****able");
    }

    private Answer once(Request request, Trouble trouble) {
        var key = request.idempotencyKey();
        var kept = key == null ? null : keys.get(key);
        if (kept != null) {
            return kept.request().equals(request) ? kept.answer() : Answer.error(400, false, "type",
                    "idempotency_error", "message", "Keys can only be used with the same parameters.");
        }
        var done = books.answer(request);
        var answer = trouble == Trouble.ERROR_AFTER_EFFECT
                ? Answer.error(500, true, "type", "api_error", "message", "Something went wrong.") : done;
        if (key != null && answer.keep()) {
            keys.put(key, new Kept(request, answer, books.now()));
        }
        return answer;
    }

    private void send(HttpExchange exchange, Request request, Answer answer, boolean replayed, Trouble trouble)
            throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(answer.body());
        int status = answer.status();
        switch (trouble) {
            case ANSWER_LOST -> {
                return;
            }
            case ANSWER_LATE -> awaitEnd();
            case MALFORMED -> bytes = "{\"id\":\"pi_".getBytes(StandardCharsets.UTF_8);
            case HTML -> bytes = "<html>".getBytes(StandardCharsets.UTF_8);
            case EMPTY -> bytes = new byte[0];
            case WITHOUT_CONTENT -> bytes = "{}".getBytes(StandardCharsets.UTF_8);
            case HUGE -> bytes = (new String(bytes, StandardCharsets.UTF_8) + " ".repeat(5_000_000))
                    .getBytes(StandardCharsets.UTF_8);
            case STRANGER_404 -> {
                status = 404;
                bytes = "{\"message\":\"no such route\"}".getBytes(StandardCharsets.UTF_8);
            }
            default -> { }
        }
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("Request-Id", "req_" + requests.size());
        if (replayed) {
            headers.set("Idempotent-Replayed", "true");
        }
        exchange.sendResponseHeaders(status, trouble == Trouble.TRUNCATED ? bytes.length + 10
                : bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void awaitEnd() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request read(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var query = exchange.getRequestURI().getRawQuery();
        var params = new LinkedHashMap<String, String>();
        for (String pair : (query == null ? body : query).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                params.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return new Request(exchange.getRequestMethod(), exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("Idempotency-Key"), params);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
