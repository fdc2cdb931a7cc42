package io.orderflow.sandbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import io.orderflow.sandbox.bank.Json;
import io.orderflow.shared.BrowserRequests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** Strict access to a request; what it must not contain is an {@link ApiException}. */
final class Call {

    private static final int LARGEST_BODY = 64 * 1024;
    private static final Pattern JSON = Pattern.compile("application/json\\s*(;\\s*charset=\"?utf-8\"?\\s*)?",
            Pattern.CASE_INSENSITIVE);

    private final HttpExchange exchange;
    private final List<String> path;

    Call(HttpExchange exchange) {
        this.exchange = exchange;
        // Split before decoding: a key may contain a slash.
        this.path = Arrays.stream(exchange.getRequestURI().getRawPath().substring(1).split("/", -1))
                .map(Call::decoded).toList();
    }

    List<String> path() {
        return path;
    }

    boolean isBelow(String... prefix) {
        return path.size() >= prefix.length && path.subList(0, prefix.length).equals(List.of(prefix));
    }

    @Nullable String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    String method() {
        return exchange.getRequestMethod();
    }

    void setResponseHeader(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
    }

    void requireMethod(String... allowed) {
        if (!List.of(allowed).contains(method())) {
            var methods = String.join(", ", allowed);
            setResponseHeader("Allow", methods);
            throw new ApiException(405, "method_not_allowed", "Allowed methods: " + methods);
        }
    }

    /** Without a login, a page of another origin could make a browser enable faults or approve payments. */
    void requireOwnPage() {
        var host = header("Host");
        if (host != null && !BrowserRequests.isLocal(host)
                || BrowserRequests.isForged(method(), header("Sec-Fetch-Site"), header("Origin"), "http", host)) {
            throw new ApiException(403, "cross_origin", "Requests from pages of other origins are refused");
        }
    }

    /** @param known the parameters that are allowed, each once */
    Map<String, String> query(Set<String> known) {
        var query = new HashMap<String, String>();
        var raw = exchange.getRequestURI().getRawQuery();
        for (var part : raw == null ? new String[0] : raw.split("&")) {
            var pair = part.split("=", 2);
            var name = decoded(pair[0]);
            if (!known.contains(name) || pair.length < 2 || query.put(name, decoded(pair[1])) != null) {
                throw ApiException.badRequest("Allowed query parameters, each once: "
                        + String.join(", ", new TreeSet<>(known)));
            }
        }
        return query;
    }

    byte[] body() throws IOException {
        var type = header("Content-Type");
        if (type != null && !JSON.matcher(type).matches() || header("Content-Encoding") != null) {
            throw new ApiException(415, "unsupported_media_type", "A body must be uncompressed JSON in UTF-8");
        }
        var body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new ApiException(413, "body_too_large", "A body may have at most " + LARGEST_BODY + " bytes");
        }
        return body;
    }

    static <T> T read(byte[] body, Class<T> type) {
        try {
            var value = Json.read(body, type);
            if (value == null) {
                throw ApiException.badRequest("A JSON object is required");
            }
            return value;
        } catch (JsonProcessingException e) {
            // The messages of our own records need no location.
            throw ApiException.badRequest(e.getCause() instanceof IllegalArgumentException refusal
                    ? refusal.getMessage() : e.getOriginalMessage());
        } catch (IOException e) {
            throw ApiException.badRequest(e.getMessage());
        }
    }

    /** A plus stays a plus: keys and times may contain one. */
    private static String decoded(String text) {
        try {
            return UriUtils.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("The address is not percent-encoded UTF-8");
        }
    }
}
