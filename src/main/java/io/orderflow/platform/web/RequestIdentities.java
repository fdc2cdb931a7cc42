package io.orderflow.platform.web;

import io.orderflow.shared.RequestIdentity;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
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

    private static final String HEADER = "Idempotency-Key";
    private static final int LONGEST_KEY = 255;

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == RequestIdentity.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, ModelAndViewContainer container, NativeWebRequest request,
            WebDataBinderFactory binders) {
        var http = request.getNativeRequest(HttpServletRequest.class);
        var identity = new RequestIdentity(Callers.name(http), key(http), fingerprint(http));
        request.setAttribute(RequestIdentity.class.getName(), identity, RequestAttributes.SCOPE_REQUEST);
        return identity;
    }

    private static String key(HttpServletRequest request) {
        String key = request.getHeader(HEADER);
        if (key == null || key.isBlank() || key.length() > LONGEST_KEY) {
            throw new ErrorResponseException(HttpStatus.BAD_REQUEST, Problems.of(HttpStatus.BAD_REQUEST,
                    "idempotency_key_required", ("Send an '%s' header of 1 to %d characters, a new one for each new "
                            + "request and the same one for a repetition.").formatted(HEADER, LONGEST_KEY)), null);
        }
        return key;
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
