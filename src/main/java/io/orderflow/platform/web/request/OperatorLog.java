package io.orderflow.platform.web.request;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Logs the manual actions of operators and staff with their caller and outcome: a pause, a retry or a backup leaves no
 * event. Paths and queries are logged as they were sent, percent-encoded.
 */
final class OperatorLog implements HandlerInterceptor {

    static final List<String> PATHS = List.of("/v1/operations/**", "/v1/payments/*/operations/**",
            "/v1/payments/*/inquiries", "/v1/orders/*/returns/*/closures");

    private static final Logger LOG = LoggerFactory.getLogger(OperatorLog.class);

    @Override
    public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
            Exception failure) {
        if (!HttpMethod.GET.matches(request.getMethod()) && !HttpMethod.HEAD.matches(request.getMethod())) {
            String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
            LOG.info("{} asked for {} {}{}: {}", request.getRemoteUser(), request.getMethod(), request.getRequestURI(),
                    query, response.getStatus());
        }
    }
}
