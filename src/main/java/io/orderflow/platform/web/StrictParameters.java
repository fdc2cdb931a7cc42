package io.orderflow.platform.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.orderflow.shared.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that an endpoint does not know, that come without a value or twice, or that name nothing of
 * an enumeration: what is misspelt or left open must not answer everything.
 */
final class StrictParameters implements HandlerInterceptor {

    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

    private final Map<HandlerMethod, Map<String, Class<?>>> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() != null && handler instanceof HandlerMethod method) {
            Map<String, Class<?>> allowed = known.computeIfAbsent(method, StrictParameters::parameters);
            QueryString.read(request.getQueryString()).forEach((name, values) -> {
                requireKnown(name, allowed.keySet());
                requireOneValue(name, values);
                requireConstant(name, values.get(0), allowed.get(name));
            });
        }
        return true;
    }

    private static Map<String, Class<?>> parameters(HandlerMethod method) {
        var types = new TreeMap<String, Class<?>>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
            RequestParam named = parameter.getParameterAnnotation(RequestParam.class);
            if (named != null) {
                types.put(named.name().isEmpty() ? SNAKE_CASE.translate(parameter.getParameterName()) : named.name(),
                        parameter.getParameterType());
            }
        }
        return types;
    }

    private static void requireKnown(String name, Set<String> allowed) {
        if (!allowed.contains(name)) {
            throw new Refusal(Refusal.Kind.MALFORMED, "unknown_parameter",
                    "This endpoint has no query parameter '%s'; %s.".formatted(name, allowed.isEmpty() ? "it takes none"
                            : "known are " + String.join(", ", allowed)));
        }
    }

    private static void requireOneValue(String name, List<String> values) {
        if (values.size() > 1 || values.get(0).isEmpty()) {
            throw new Refusal(Refusal.Kind.MALFORMED, name.equals(PageLinks.CURSOR) ? "invalid_cursor"
                    : "invalid_parameter", "Send '%s' with one value, or leave it out.".formatted(name));
        }
    }

    /** Spring takes a blank for no enumeration at all, and the names of Java, where its converter finds none. */
    private static void requireConstant(String name, String value, Class<?> type) {
        if (type.isEnum() && !EnumerationTexts.of(type).contains(value)) {
            throw new Refusal(Refusal.Kind.MALFORMED, "invalid_parameter",
                    "'%s' is not a valid value for '%s'.".formatted(value, name));
        }
    }
}
