package io.orderflow.platform.web;

import io.orderflow.platform.spi.OncePerRequest;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Marks an answer that repeats an earlier one under the same {@code Idempotency-Key}. */
@ControllerAdvice
class ReplayMarks implements ResponseBodyAdvice<Object> {

    static final String HEADER = "Idempotent-Replayed";

    @Override
    public boolean supports(MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public Object beforeBodyWrite(Object body, MethodParameter method, MediaType type,
            Class<? extends HttpMessageConverter<?>> converter, ServerHttpRequest request,
            ServerHttpResponse response) {
        var asked = ((ServletServerHttpRequest) request).getServletRequest();
        if (asked.getAttribute(OncePerRequest.class.getName()) != null) {
            response.getHeaders().set(HEADER, "true");
        }
        return body;
    }
}
