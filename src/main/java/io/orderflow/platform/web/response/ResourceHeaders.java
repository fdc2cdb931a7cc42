package io.orderflow.platform.web.response;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.platform.spi.OncePerRequest;
import io.orderflow.shared.Page;
import io.orderflow.shared.Versioned;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import org.springframework.web.util.UriUtils;

/**
 * Adds the headers that depend on the body: an {@code ETag} to versioned resources (304 when the caller has that
 * version), {@code Link} to pages (RFC 8288), and {@code Idempotent-Replayed} to repeated answers.
 */
@ControllerAdvice
class ResourceHeaders implements ResponseBodyAdvice<Object> {

    private static final String CURSOR = "cursor";
    private static final String REPLAYED = "Idempotent-Replayed";
    private static final String REVALIDATE = "private, no-cache";

    @Override
    public boolean supports(MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(@Nullable Object body, MethodParameter method, MediaType type,
            Class<? extends HttpMessageConverter<?>> converter, ServerHttpRequest request,
            ServerHttpResponse response) {
        HttpServletRequest http = ((ServletServerHttpRequest) request).getServletRequest();
        HttpServletResponse answer = ((ServletServerHttpResponse) response).getServletResponse();
        if (http.getAttribute(OncePerRequest.class.getName()) != null) {
            answer.setHeader(REPLAYED, "true");
        }
        if (body instanceof Page page) {
            if (page.next() != null) {
                answer.addHeader(HttpHeaders.LINK, link(http, page.next(), "next"));
            }
            answer.addHeader(HttpHeaders.LINK, link(http, null, "first"));
        }
        return body instanceof Versioned resource && isKnown(resource, http, answer) ? null : body;
    }

    private static boolean isKnown(Versioned resource, HttpServletRequest request, HttpServletResponse answer) {
        boolean read = answer.getStatus() == HttpStatus.OK.value();
        if (read || answer.getStatus() == HttpStatus.CREATED.value()) {
            answer.setHeader(HttpHeaders.ETAG, EntityTag.of(resource.version()));
        }
        if (read) {
            answer.setHeader(HttpHeaders.CACHE_CONTROL, REVALIDATE);
        }
        boolean known = read && EntityTag.matches(Collections.list(request.getHeaders(HttpHeaders.IF_NONE_MATCH)),
                resource.version());
        if (known) {
            answer.setStatus(HttpStatus.NOT_MODIFIED.value());
        }
        return known;
    }

    /** By path only: a proxy knows its own host name. */
    private static String link(HttpServletRequest request, @Nullable String cursor, String relation) {
        var query = new StringJoiner("&", "?", "").setEmptyValue("");
        request.getParameterMap().forEach((name, values) -> {
            if (!name.equals(CURSOR)) {
                query.add(name + '=' + UriUtils.encode(values[0], UTF_8));
            }
        });
        if (cursor != null) {
            query.add(CURSOR + '=' + cursor);
        }
        return "<%s%s>; rel=\"%s\"".formatted(request.getRequestURI(), query, relation);
    }
}
