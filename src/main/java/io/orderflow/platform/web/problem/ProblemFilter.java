package io.orderflow.platform.web.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Has {@link ProblemAdvice} answer the exceptions of filters, too. Comes after the filter that observes requests. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class ProblemFilter extends OncePerRequestFilter {

    private final HandlerExceptionResolver resolver;

    ProblemFilter(@Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver) {
        this.resolver = resolver;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException failure) {
            // Tomcat answers 400 by itself when it cannot read a body; an answer that has begun must be cut off
            boolean answered = response.isCommitted() ? failure instanceof ErrorResponseException
                    : resolver.resolveException(request, response, null, failure) != null;
            if (!answered) {
                throw failure;
            }
        }
    }
}
