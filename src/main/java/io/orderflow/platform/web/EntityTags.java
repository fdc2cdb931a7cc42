package io.orderflow.platform.web;

import io.orderflow.shared.Versioned;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
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

/** Tags each resource with its version, and spares whoever has that version its body. */
@ControllerAdvice
class EntityTags implements ResponseBodyAdvice<Object> {

    private static final String REVALIDATE = "private, no-cache";

    @Override
    public boolean supports(MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public Object beforeBodyWrite(Object body, MethodParameter method, MediaType type,
            Class<? extends HttpMessageConverter<?>> converter, ServerHttpRequest request,
            ServerHttpResponse response) {
        if (!(body instanceof Versioned resource)) {
            return body;
        }
        HttpServletRequest asked = ((ServletServerHttpRequest) request).getServletRequest();
        HttpServletResponse answer = ((ServletServerHttpResponse) response).getServletResponse();
        if (answer.getStatus() == HttpStatus.OK.value()) {
            answer.setHeader(HttpHeaders.CACHE_CONTROL, REVALIDATE);
            answer.setHeader(HttpHeaders.ETAG, EntityTag.of(resource));
            String[] known = Collections.list(asked.getHeaders(HttpHeaders.IF_NONE_MATCH)).toArray(String[]::new);
            if (EntityTag.isKnown(EntityTag.of(resource), known)) {
                answer.setStatus(HttpStatus.NOT_MODIFIED.value());
                return null;
            }
        } else if (answer.getStatus() == HttpStatus.CREATED.value()) {
            answer.setHeader(HttpHeaders.ETAG, EntityTag.of(resource));
        }
        return body;
    }
}
