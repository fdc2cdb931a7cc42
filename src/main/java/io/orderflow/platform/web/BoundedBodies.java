package io.orderflow.platform.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads the body of a request into memory, up to a limit. */
@Component
class BoundedBodies extends OncePerRequestFilter {

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    private final DataSize limit;
    private final ObjectMapper mapper;

    BoundedBodies(@Value("${orderflow.web.max-body:1MB}") DataSize limit, ObjectMapper mapper) {
        this.limit = limit;
        this.mapper = mapper;
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
            refuse(response, request.getRequestURI());
        } else {
            chain.doFilter(new BufferedBody(request, body), response);
        }
    }

    private void refuse(HttpServletResponse response, String path) throws IOException {
        var problem = Problems.of(HttpStatus.PAYLOAD_TOO_LARGE, "body_too_large",
                "A request body is at most %d bytes; send less at once.".formatted(limit.toBytes()));
        problem.setInstance(Problems.instance(path));
        response.setStatus(HttpStatus.PAYLOAD_TOO_LARGE.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        mapper.writeValue(response.getOutputStream(), problem);
    }
}
