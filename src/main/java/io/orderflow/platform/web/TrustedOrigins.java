package io.orderflow.platform.web;

import io.orderflow.shared.BrowserRequests;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what pages of somebody else make a browser send, before anybody looks at credentials: changes from another
 * origin, and, where only this machine is let in, all that comes under a name of another one.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class TrustedOrigins extends OncePerRequestFilter {

    private final ProblemAnswers problems;
    private final boolean localOnly;
    private final List<String> hosts;

    TrustedOrigins(ProblemAnswers problems, ServerProperties server, WebLimits limits) {
        this.problems = problems;
        localOnly = server.getAddress() != null && server.getAddress().isLoopbackAddress();
        hosts = limits.hosts().stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = request.getHeader(HttpHeaders.HOST);
        if (localOnly && host != null && !BrowserRequests.isLocal(host) && !isNamed(host)) {
            problems.write(Problems.of(HttpStatus.FORBIDDEN, "unknown_host",
                    "This server is not known by that name; name it in orderflow.web.hosts if it is."), request, response);
        } else if (BrowserRequests.isForged(request.getMethod(), request.getHeader("Sec-Fetch-Site"),
                request.getHeader(HttpHeaders.ORIGIN), request.getScheme(), host)) {
            problems.write(Problems.of(HttpStatus.FORBIDDEN, "cross_origin",
                    "A page of another origin may change nothing here."), request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean isNamed(String host) {
        return hosts.contains(host.toLowerCase(Locale.ROOT).replaceFirst(":\\d*$", ""));
    }
}
