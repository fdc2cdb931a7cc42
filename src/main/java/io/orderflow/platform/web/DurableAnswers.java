package io.orderflow.platform.web;

import io.orderflow.platform.spi.Durability;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Says nothing to anybody outside before it is on disk: neither an answer of success nor an event of a live stream. */
@Component
class DurableAnswers extends OncePerRequestFilter {

    private final Durability durability;

    DurableAnswers(Durability durability) {
        this.durability = durability;
    }

    /** Health and metrics tell nothing of orders, and have to answer when the store does not. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/actuator");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var durable = new DurableResponse(response, durability);
        chain.doFilter(request, durable);
        if (!request.isAsyncStarted()) {
            durable.beforeItEnds();
        }
    }
}
