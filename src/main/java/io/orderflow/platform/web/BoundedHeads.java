package io.orderflow.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells a head that is too large by its proper status: Tomcat, which reads twice as much, knows only 400. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class BoundedHeads extends OncePerRequestFilter {

    private static final int LONGEST_ADDRESS = 8_000;
    private static final int LARGEST_HEADERS = 16_000;

    private final ProblemAnswers problems;

    BoundedHeads(ProblemAnswers problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String query = request.getQueryString();
        if (request.getRequestURI().length() + (query == null ? 0 : query.length()) > LONGEST_ADDRESS) {
            problems.write(tooLarge(HttpStatus.URI_TOO_LONG, "An address is at most %s characters.", LONGEST_ADDRESS),
                    request, response);
        } else if (size(request) > LARGEST_HEADERS) {
            problems.write(tooLarge(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                    "All headers together are at most %s characters.", LARGEST_HEADERS), request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static int size(HttpServletRequest request) {
        int size = 0;
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                size += name.length() + value.length();
            }
        }
        return size;
    }

    private static ProblemDetail tooLarge(HttpStatus status, String detail, int limit) {
        return Problems.of(status, Problems.codeOf(status), detail.formatted(limit));
    }
}
