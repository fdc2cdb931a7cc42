package io.orderflow.platform.web.request;

import io.orderflow.platform.web.connector.WebLimits;
import io.orderflow.platform.web.problem.Problems;
import io.orderflow.shared.BrowserRequests;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.StorableText;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.catalina.Globals;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses requests before authentication: oversized heads, forged browser requests, and unreadable queries. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
class RequestChecks extends OncePerRequestFilter {

    /** Tomcat reads twice as much, and answers 400 beyond that. */
    private static final int LONGEST_URI = 8_000;
    private static final int LARGEST_HEADERS = 16_000;

    private final boolean localOnly;
    private final List<String> hosts;

    RequestChecks(ServerProperties server, WebLimits limits) {
        localOnly = server.getAddress() != null && server.getAddress().isLoopbackAddress();
        hosts = limits.hosts().stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String query = request.getQueryString() == null ? "" : request.getQueryString();
        requireBoundedHead(request, query);
        requireKnownHost(request);
        requireNotForged(request);
        requireReadable(request, query);
        chain.doFilter(request, response);
    }

    private static void requireBoundedHead(HttpServletRequest request, String query) {
        if (request.getRequestURI().length() + query.length() > LONGEST_URI) {
            throw Problems.exception(HttpStatus.URI_TOO_LONG, "uri_too_long",
                    "A URI has at most %s characters.".formatted(LONGEST_URI));
        }
        int size = Collections.list(request.getHeaderNames()).stream().mapToInt(name ->
                Collections.list(request.getHeaders(name)).stream().mapToInt(value -> name.length() + value.length())
                        .sum()).sum();
        if (size > LARGEST_HEADERS) {
            throw Problems.exception(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "request_header_fields_too_large",
                    "All headers together have at most %s characters.".formatted(LARGEST_HEADERS));
        }
    }

    /** DNS rebinding: a page of another host has that host's name lead to this machine. */
    private void requireKnownHost(HttpServletRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        if (localOnly && host != null && !BrowserRequests.isLocal(host)
                && !hosts.contains(host.toLowerCase(Locale.ROOT).replaceFirst(":\\d*$", ""))) {
            throw Problems.exception(HttpStatus.FORBIDDEN, "unknown_host",
                    "The host name is unknown to this server; if it is right, add it to orderflow.web.hosts.");
        }
    }

    private static void requireNotForged(HttpServletRequest request) {
        if (BrowserRequests.isForged(request.getMethod(), request.getHeader("Sec-Fetch-Site"),
                request.getHeader(HttpHeaders.ORIGIN), request.getScheme(), request.getHeader(HttpHeaders.HOST))) {
            throw Problems.exception(HttpStatus.FORBIDDEN, "cross_origin",
                    "Pages of another origin must not send requests that change anything.");
        }
    }

    /** Tomcat leaves out parameters that it cannot decode: a list without its filter would contain everything. */
    private static void requireReadable(HttpServletRequest request, String query) {
        boolean storable = request.getParameterMap().entrySet().stream().flatMap(parameter ->
                Stream.concat(Stream.of(parameter.getKey()), Stream.of(parameter.getValue())))
                .allMatch(StorableText::isStorable);
        if (!storable || request.getAttribute(Globals.PARAMETER_PARSE_FAILED_ATTR) != null || !isUtf8(query)) {
            throw new Refusal(Refusal.Kind.MALFORMED, "invalid_parameter",
                    "The query '%s' is not percent-encoded UTF-8, or has control characters.".formatted(
                            query.replaceAll("[^\\x20-\\x7e]", "?")));
        }
    }

    /** Tomcat replaces malformed UTF-8. Called when each percent sign is known to begin an octet. */
    private static boolean isUtf8(String query) {
        try {
            StorableText.decode(URLDecoder.decode(query, StandardCharsets.ISO_8859_1)
                    .getBytes(StandardCharsets.ISO_8859_1));
            return true;
        } catch (CharacterCodingException | IllegalArgumentException malformed) {
            return false;
        }
    }
}
