package io.orderflow.platform.web.request;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.orderflow.shared.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that are unknown, empty or repeated, which would answer more than was asked for; and numbers
 * and enumeration values that are not spelled as in JSON. Spring accepts hexadecimal numbers, blanks, digits of other
 * scripts and the names of Java constants, too.
 */
final class StrictParameters implements HandlerInterceptor {

    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();
    private static final String CURSOR = "cursor";
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)");

    private final Map<HandlerMethod, Declared> declared = new ConcurrentHashMap<>();

    /** Types of the query parameters and headers of an endpoint, by name. */
    private record Declared(Map<String, Class<?>> query, Map<String, Class<?>> headers) {
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            var known = declared.computeIfAbsent(method, StrictParameters::declared);
            request.getParameterMap().forEach((name, values) -> {
                requireKnown(name, known.query);
                requireOneValue(name, values);
                requireSpelling(name, values[0], known.query.get(name));
            });
            known.headers.forEach((name, type) -> {
                if (request.getHeader(name) != null) {
                    requireSpelling(name, request.getHeader(name), type);
                }
            });
        }
        return true;
    }

    private static Declared declared(HandlerMethod method) {
        var types = new Declared(new TreeMap<>(), new TreeMap<>());
        for (MethodParameter parameter : method.getMethodParameters()) {
            parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
            RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
            RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
            if (query != null) {
                types.query.put(query.name().isEmpty() ? SNAKE_CASE.translate(parameter.getParameterName())
                        : query.name(), parameter.getParameterType());
            } else if (header != null) {
                types.headers.put(header.name(), parameter.getParameterType());
            }
        }
        return types;
    }

    private static void requireKnown(String name, Map<String, Class<?>> known) {
        if (!known.containsKey(name)) {
            throw new Refusal(Refusal.Kind.MALFORMED, "unknown_parameter",
                    "This endpoint has no query parameter '%s'; known are %s.".formatted(name, known.keySet()));
        }
    }

    private static void requireOneValue(String name, String[] values) {
        if (values.length > 1 || values[0].isEmpty()) {
            throw new Refusal(Refusal.Kind.MALFORMED, name.equals(CURSOR) ? "invalid_cursor" : "invalid_parameter",
                    "Send '%s' with one value, or leave it out.".formatted(name));
        }
    }

    private static void requireSpelling(String name, String value, Class<?> type) {
        boolean valid = type.isEnum()
                ? Stream.of(type.getEnumConstants())
                        .anyMatch(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).equals(value))
                : !Number.class.isAssignableFrom(ClassUtils.resolvePrimitiveIfNecessary(type))
                        || NUMBER.matcher(value).matches();
        if (!valid) {
            throw new Refusal(Refusal.Kind.MALFORMED, "invalid_parameter",
                    "'%s' is not a valid value of '%s'.".formatted(value, name));
        }
    }
}
