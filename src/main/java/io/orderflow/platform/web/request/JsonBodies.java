package io.orderflow.platform.web.request;

import io.orderflow.platform.web.problem.Problems;
import io.orderflow.shared.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.WebUtils;

/** Requires that a body is one uncompressed {@link JsonDocument} in UTF-8, whichever endpoint it is for. */
final class JsonBodies implements HandlerInterceptor {

    private static final String UNCODED = "identity";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var body = WebUtils.getNativeRequest(request, BufferedBody.class);
        if (body != null && handler instanceof HandlerMethod method) {
            requireUncoded(request);
            requireJson(request, body.bytes().length > 0);
            Class<?> type = bodyType(method);
            if (body.bytes().length > 0 && type != byte[].class) {
                String member = JsonDocument.firstMember(body.bytes());
                if (type == null && member != null) {
                    throw new Refusal(Refusal.Kind.MALFORMED, "unknown_field",
                            "Unknown field '%s'; this endpoint has no fields.".formatted(member));
                }
            }
        }
        return true;
    }

    /** Null for an endpoint without a body; {@code byte[]} for one that checks a signature first. */
    private static @Nullable Class<?> bodyType(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .<Class<?>>map(MethodParameter::getParameterType).findFirst().orElse(null);
    }

    private static void requireUncoded(HttpServletRequest request) {
        List<String> codings = Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING));
        if (!codings.stream().map(String::strip).allMatch(UNCODED::equalsIgnoreCase)) {
            throw unsupported("Send the body without 'Content-Encoding'.", HttpHeaders.ACCEPT_ENCODING, UNCODED);
        }
    }

    private static void requireJson(HttpServletRequest request, boolean hasBody) {
        List<String> types = Collections.list(request.getHeaders(HttpHeaders.CONTENT_TYPE));
        if (types.size() > 1 || types.isEmpty() && hasBody || !types.stream().allMatch(JsonBodies::isJson)) {
            throw unsupported("Send the body with 'Content-Type: application/json', in UTF-8.", HttpHeaders.ACCEPT,
                    MediaType.APPLICATION_JSON_VALUE);
        }
    }

    private static ErrorResponseException unsupported(String detail, String header, String supported) {
        var refusal = Problems.exception(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail);
        refusal.getHeaders().set(header, supported);
        return refusal;
    }

    private static boolean isJson(String header) {
        try {
            MediaType type = MediaType.parseMediaType(header);
            return type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
                    && (type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8));
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }
}
