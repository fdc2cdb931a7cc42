package io.orderflow.platform.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orderflow.shared.ClientNetwork;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets each caller, known by name or else by address, send so many requests in a window of time, and says in every
 * answer what is left (draft-ietf-httpapi-ratelimit-headers). Runs after the caller is known.
 */
@Component
@Order(0)
class RateLimits extends OncePerRequestFilter {

    static final String POLICY = "RateLimit-Policy";
    static final String LIMIT = "RateLimit";
    /** Whoever is forgotten because there are more callers than that begins a new window. */
    private static final int REMEMBERED_CALLERS = 10_000;

    private final RateLimitProperties properties;
    private final ProblemAnswers problems;
    private final Clock clock;
    private final Cache<String, Window> windows;
    private final String policy;

    RateLimits(RateLimitProperties properties, ProblemAnswers problems, Clock clock) {
        this.properties = properties;
        this.problems = problems;
        this.clock = clock;
        windows = Caffeine.newBuilder().maximumSize(REMEMBERED_CALLERS).expireAfterAccess(properties.window()).build();
        policy = "\"default\";q=%s;w=%s".formatted(properties.requests(), properties.window().toSeconds());
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !properties.enabled() || !request.getRequestURI().startsWith("/v1/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String caller = request.getRemoteUser() == null ? ClientNetwork.of(request.getRemoteAddr()) : request.getRemoteUser();
        long now = clock.millis();
        Window window = windows.get(caller, first -> new Window(properties.window().toMillis(), now));
        int left = properties.requests() - window.count(now);
        long seconds = window.secondsLeft(now);
        response.setHeader(POLICY, policy);
        response.setHeader(LIMIT, "\"default\";r=" + Math.max(left, 0) + ";t=" + seconds);
        if (left < 0) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
            problems.write(Problems.of(HttpStatus.TOO_MANY_REQUESTS, "rate_limited",
                    "You may send %s requests in %s seconds; send the next one in %s.".formatted(
                            properties.requests(), properties.window().toSeconds(), seconds)), request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** What one caller has sent since a moment; begins anew when its time is over. */
    private static final class Window {

        private final long millis;
        private long begin;
        private int count;

        Window(long millis, long now) {
            this.millis = millis;
            begin = now;
        }

        synchronized int count(long now) {
            if (now - begin >= millis) {
                begin = now;
                count = 0;
            }
            return ++count;
        }

        synchronized long secondsLeft(long now) {
            return Math.max(1, (begin + millis - now + 999) / 1000);
        }
    }
}
