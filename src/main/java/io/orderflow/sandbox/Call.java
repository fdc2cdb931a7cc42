package io.orderflow.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import io.orderflow.shared.BrowserRequests;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A request as the gateway reads it: strictly, and never more of it than it should have. */
final class Call {

    private static final int LARGEST_BODY = 64 * 1024;
    private static final Pattern JSON = Pattern.compile("application/json\\s*(;\\s*charset=\"?utf-8\"?\\s*)?",
            Pattern.CASE_INSENSITIVE);

    private final HttpExchange exchange;
    private final List<String> path;

    Call(HttpExchange exchange) {
        this.exchange = exchange;
        // Split before decoding, so that a key may hold a slash.
        this.path = Arrays.stream(exchange.getRequestURI().getRawPath().substring(1).split("/", -1))
                .map(Call::decoded).toList();
    }

    HttpExchange exchange() {
        return exchange;
    }

    List<String> path() {
        return path;
    }

    boolean isBelow(String... prefix) {
        return path.size() >= prefix.length && path.subList(0, prefix.length).equals(List.of(prefix));
    }

    String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    String method() {
        return exchange.getRequestMethod();
    }

    void requireMethod(String... allowed) {
        if (!List.of(allowed).contains(method())) {
            var methods = String.join(", ", allowed);
            exchange.getResponseHeaders().set("Allow", methods);
            throw new ApiError(405, "method_not_allowed", "Only " + methods + " is answered here");
        }
    }

    /** Nobody signs in here: a page of another origin must not make a browser switch faults on, or approve payments. */
    void requireOwnPage() {
        var host = header("Host");
        if (host != null && !BrowserRequests.isLocal(host)
                || BrowserRequests.isForged(method(), header("Sec-Fetch-Site"), header("Origin"), "http", host)) {
            throw new ApiError(403, "cross_origin", "Pages of another origin are not answered");
        }
    }

    Map<String, String> query(Set<String> known) {
        var query = new HashMap<String, String>();
        var raw = exchange.getRequestURI().getRawQuery();
        for (var part : raw == null ? new String[0] : raw.split("&")) {
            var pair = part.split("=", 2);
            var name = decoded(pair[0]);
            if (!known.contains(name) || pair.length < 2 || query.put(name, decoded(pair[1])) != null) {
                throw ApiError.badRequest("The query may hold each of " + known.stream().sorted().toList() + " once");
            }
        }
        return query;
    }

    byte[] body() throws IOException {
        requireJson();
        var body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new ApiError(413, "body_too_large", "A body has at most " + LARGEST_BODY + " bytes");
        }
        return body;
    }

    /** Who does not say what it sends is taken to send JSON. */
    private void requireJson() {
        var type = header("Content-Type");
        if (type != null && !JSON.matcher(type).matches() || header("Content-Encoding") != null) {
            throw new ApiError(415, "unsupported_media_type", "A body is JSON in UTF-8, and not compressed");
        }
    }

    static <T> T read(byte[] body, Class<T> type) {
        try {
            var value = Json.read(body, type);
            if (value == null) {
                throw ApiError.badRequest("A JSON object is needed");
            }
            return value;
        } catch (JsonProcessingException e) {
            // What a value says against itself needs no frame.
            throw ApiError.badRequest(e.getCause() instanceof IllegalArgumentException refusal
                    ? refusal.getMessage() : e.getOriginalMessage());
        } catch (IOException e) {
            throw ApiError.badRequest(e.getMessage());
        }
    }

    static ApiError notFound() {
        return new ApiError(404, "not_found", "There is nothing here");
    }

    /** A plus is no space: no key, time or number holds a space, but keys and times may hold a plus. */
    private static String decoded(String text) {
        try {
            var bytes = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
                    .getBytes(StandardCharsets.ISO_8859_1);
            return Json.text(bytes);
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw ApiError.badRequest("The address is not percent-encoded UTF-8");
        }
    }
}
