package io.orderflow.platform.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses query parameters that an endpoint does not know: a misspelt filter must not answer everything. */
final class KnownParametersOnly implements HandlerInterceptor {

    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

    private final Map<HandlerMethod, Set<String>> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() != null && handler instanceof HandlerMethod method) {
            Set<String> allowed = known.computeIfAbsent(method, KnownParametersOnly::parameters);
            request.getParameterMap().keySet().stream().filter(name -> !allowed.contains(name)).findFirst()
                    .ifPresent(name -> refuse(name, allowed));
        }
        return true;
    }

    private static Set<String> parameters(HandlerMethod method) {
        var names = new TreeSet<String>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
            RequestParam named = parameter.getParameterAnnotation(RequestParam.class);
            if (named != null) {
                names.add(named.name().isEmpty() ? SNAKE_CASE.translate(parameter.getParameterName()) : named.name());
            }
        }
        return names;
    }

    private static void refuse(String name, Set<String> allowed) {
        String known = allowed.isEmpty() ? "it takes none" : "known are " + String.join(", ", allowed);
        throw new ErrorResponseException(HttpStatus.BAD_REQUEST, Problems.of(HttpStatus.BAD_REQUEST,
                "unknown_parameter", "This endpoint has no query parameter '%s'; %s.".formatted(name, known)), null);
    }
}
