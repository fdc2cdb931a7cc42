package io.orderflow.platform.web;

import io.orderflow.shared.RequestIdentity;
import io.orderflow.shared.RequestKeys;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.util.WebUtils;

/**
 * Gives a controller the identity of its request, from the mandatory {@code Idempotency-Key} header
 * (draft-ietf-httpapi-idempotency-key-header).
 */
final class RequestIdentities implements HandlerMethodArgumentResolver {

    private final RequestKeys keys;

    RequestIdentities(RequestKeys keys) {
        this.keys = keys;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == RequestIdentity.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, ModelAndViewContainer container, NativeWebRequest request,
            WebDataBinderFactory binders) {
        var http = request.getNativeRequest(HttpServletRequest.class);
        var identity = keys.claim(Callers.name(http),
                IdempotencyKey.of(Collections.list(http.getHeaders(IdempotencyKey.HEADER))), fingerprint(http));
        request.setAttribute(RequestIdentity.class.getName(), identity, RequestAttributes.SCOPE_REQUEST);
        return identity;
    }

    private static String fingerprint(HttpServletRequest request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((request.getMethod() + ' ' + request.getRequestURI() + '\n')
                    .getBytes(StandardCharsets.UTF_8));
            digest.update(WebUtils.getNativeRequest(request, BufferedBody.class).bytes());
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
