package io.orderflow.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the body of a request into memory, up to a limit. Runs after the caller is known: nothing else reads a body
 * before, and {@link ImpatientHttp} bounds how long and beside how many others one is waited for.
 */
@Component
class BoundedBodies extends OncePerRequestFilter {

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    private final WebLimits limits;
    private final ProblemAnswers problems;

    BoundedBodies(WebLimits limits, ProblemAnswers problems) {
        this.limits = limits;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return WITHOUT_BODY.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int most = Math.toIntExact(
                (request.getRemoteUser() == null ? limits.maxAnonymousBody() : limits.maxBody()).toBytes());
        if (request.getContentLengthLong() > most) {
            problems.write(tooLarge(most), request, response);
            return;
        }
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(most + 1);
        } catch (IOException incomplete) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
            problems.write(Problems.of(HttpStatus.REQUEST_TIMEOUT, "request_timeout",
                    "The body did not come in time, or not whole; send the same request again."), request, response);
            return;
        }
        if (body.length > most) {
            problems.write(tooLarge(most), request, response);
        } else {
            chain.doFilter(new BufferedBody(request, body), response);
        }
    }

    private static ProblemDetail tooLarge(int most) {
        return Problems.of(HttpStatus.PAYLOAD_TOO_LARGE, "body_too_large",
                "The body of this request is at most %s bytes; send less at once.".formatted(most));
    }
}
