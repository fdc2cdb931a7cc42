package io.orderflow.platform.web;

import io.orderflow.shared.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets no request in whose query cannot be read. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class ReadableQueries extends OncePerRequestFilter {

    private final ProblemAnswers problems;

    ReadableQueries(ProblemAnswers problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            QueryString.read(request.getQueryString());
        } catch (Refusal unreadable) {
            problems.write(Problems.of(unreadable.details()), request, response);
            return;
        }
        chain.doFilter(request, response);
    }
}
