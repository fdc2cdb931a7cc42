package io.orderflow.platform.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.shared.Page;
import java.util.List;
import java.util.StringJoiner;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import org.springframework.web.util.UriUtils;

/**
 * Links each page of a list to the next one and the first (RFC 8288), by path: whatever stands in front of this server
 * knows its own name better.
 */
@ControllerAdvice
class PageLinks implements ResponseBodyAdvice<Object> {

    static final String CURSOR = "cursor";

    @Override
    public boolean supports(MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public Object beforeBodyWrite(Object body, MethodParameter method, MediaType type,
            Class<? extends HttpMessageConverter<?>> converter, ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body instanceof Page page) {
            if (page.next() != null) {
                response.getHeaders().add(HttpHeaders.LINK, link(request, page.next(), "next"));
            }
            response.getHeaders().add(HttpHeaders.LINK, link(request, null, "first"));
        }
        return body;
    }

    private static String link(ServerHttpRequest request, String cursor, String relation) {
        var parameters = QueryString.read(request.getURI().getRawQuery());
        parameters.remove(CURSOR);
        if (cursor != null) {
            parameters.put(CURSOR, List.of(cursor));
        }
        var query = new StringJoiner("&", parameters.isEmpty() ? "" : "?", "");
        parameters.forEach((name, values) -> query.add(name + '=' + UriUtils.encode(values.get(0), UTF_8)));
        return "<%s%s>; rel=\"%s\"".formatted(request.getURI().getRawPath(), query, relation);
    }
}
