package io.orderflow.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads the body of a request into memory, up to a limit. */
@Component
class BoundedBodies extends OncePerRequestFilter {

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    private final DataSize limit;
    private final ProblemAnswers problems;

    BoundedBodies(@Value("${orderflow.web.max-body:1MB}") DataSize limit, ProblemAnswers problems) {
        this.limit = limit;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return WITHOUT_BODY.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int bytes = Math.toIntExact(limit.toBytes());
        byte[] body = request.getInputStream().readNBytes(bytes + 1);
        if (body.length > bytes) {
            problems.write(Problems.of(HttpStatus.PAYLOAD_TOO_LARGE, "body_too_large",
                    "A request body is at most %d bytes; send less at once.".formatted(bytes)), request, response);
        } else {
            chain.doFilter(new BufferedBody(request, body), response);
        }
    }
}
