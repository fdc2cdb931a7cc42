package io.orderflow.platform.web;

import io.orderflow.shared.Page;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Links each page of a list to the next one and the first (RFC 8288), by path: whatever stands in front of this server
 * knows its own name better.
 */
@ControllerAdvice
class PageLinks implements ResponseBodyAdvice<Object> {

    private static final String CURSOR = "cursor";

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
        var uri = UriComponentsBuilder.fromPath(request.getURI().getRawPath()).query(request.getURI().getRawQuery())
                .replaceQueryParam(CURSOR);
        if (cursor != null) {
            uri.queryParam(CURSOR, cursor);
        }
        return "<%s>; rel=\"%s\"".formatted(uri.build(true).toUriString(), relation);
    }
}
