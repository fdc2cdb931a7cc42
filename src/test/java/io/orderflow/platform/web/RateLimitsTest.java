package io.orderflow.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.shared.MovingClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RateLimitsTest {

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-25T12:00:00Z"));
    private final RateLimits limits = limits(true);

    private RateLimits limits(boolean enabled) {
        return new RateLimits(new RateLimitProperties(enabled, 2, Duration.ofSeconds(10)),
                new ProblemAnswers(new ObjectMapper()), clock);
    }

    @Test
    void each_answer_says_what_is_left() throws Exception {
        var answer = ask("ada", "/v1/orders");

        assertThat(answer.getHeader("RateLimit-Policy")).isEqualTo("\"default\";q=2;w=10");
        assertThat(answer.getHeader("RateLimit")).isEqualTo("\"default\";r=1;t=10");
        clock.move(Duration.ofMillis(2500));
        assertThat(ask("ada", "/v1/orders").getHeader("RateLimit")).isEqualTo("\"default\";r=0;t=8");
    }

    @Test
    void who_sends_too_much_is_told_when_to_go_on() throws Exception {
        ask("ada", "/v1/orders");
        ask("ada", "/v1/orders");
        clock.move(Duration.ofSeconds(3));
        var refused = ask("ada", "/v1/orders");

        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("7");
        assertThat(refused.getHeader("RateLimit")).isEqualTo("\"default\";r=0;t=7");
        assertThat(refused.getContentType()).isEqualTo("application/problem+json");
        assertThat(refused.getContentAsString()).contains("rate_limited", "in 7");
        clock.move(Duration.ofSeconds(7));
        assertThat(ask("ada", "/v1/orders").getStatus()).isEqualTo(200);
    }

    @Test
    void others_are_not_held_up() throws Exception {
        for (int request = 0; request < 3; request++) {
            ask("ada", "/v1/orders");
            ask(null, "/v1/orders");
        }

        assertThat(ask("ada", "/v1/orders").getStatus()).isEqualTo(429);
        assertThat(ask("bob", "/v1/orders").getStatus()).isEqualTo(200);
        assertThat(ask(null, "/v1/orders").getStatus()).as("by address").isEqualTo(429);
    }

    @Test
    void nothing_but_the_api_is_counted_and_it_can_be_turned_off() throws Exception {
        assertThat(ask("ada", "/actuator/health").getHeader("RateLimit")).isNull();
        var off = limits(false);
        var response = new MockHttpServletResponse();
        off.doFilter(request("ada", "/v1/orders"), response, new MockFilterChain());
        assertThat(response.getHeader("RateLimit")).isNull();
    }

    private MockHttpServletResponse ask(String user, String path) throws Exception {
        var response = new MockHttpServletResponse();
        limits.doFilter(request(user, path), response, new MockFilterChain());
        return response;
    }

    private static MockHttpServletRequest request(String user, String path) {
        var request = new MockHttpServletRequest("GET", path);
        request.setRemoteUser(user);
        return request;
    }
}
