package io.orderflow.platform.web.request;

import io.orderflow.platform.web.connector.WebLimits;
import io.orderflow.platform.web.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads request bodies into memory, up to a limit that depends on the caller; runs after authentication. */
@Component
class RequestBodyFilter extends OncePerRequestFilter {

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    private final WebLimits limits;

    RequestBodyFilter(WebLimits limits) {
        this.limits = limits;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return WITHOUT_BODY.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean anonymous = request.getRemoteUser() == null;
        int most = Math.toIntExact((anonymous ? limits.maxAnonymousBody() : limits.maxBody()).toBytes());
        byte[] body = request.getContentLengthLong() > most ? null : read(request, response, most + 1);
        if (body == null || body.length > most) {
            throw Problems.exception(HttpStatus.PAYLOAD_TOO_LARGE, "body_too_large",
                    "The body of this request has at most %s bytes.".formatted(most));
        }
        chain.doFilter(new BufferedBody(request, body), response);
    }

    private static byte[] read(HttpServletRequest request, HttpServletResponse response, int most) {
        try {
            return request.getInputStream().readNBytes(most);
        } catch (IOException incomplete) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
            throw Problems.exception(HttpStatus.REQUEST_TIMEOUT, "request_timeout",
                    "The body did not arrive completely in time; send the same request again.");
        }
    }
}
