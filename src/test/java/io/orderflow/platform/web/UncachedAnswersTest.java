package io.orderflow.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class UncachedAnswersTest {

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void are_all_of_the_api_and_of_nothing_else() throws Exception {
        answer("/v1/orders");
        assertThat(response.getHeaders("Cache-Control")).containsExactly("no-store");

        response.reset();
        answer("/console/app.js");
        assertThat(response.getHeaders("Cache-Control")).isEmpty();
    }

    @Test
    void leave_the_last_word_to_the_answer_itself() throws Exception {
        new UncachedAnswers().doFilter(new MockHttpServletRequest("GET", "/v1/orders"), response, (request, later) -> {
            ((HttpServletResponse) later).addHeader("cache-control", "no-cache");
            ((HttpServletResponse) later).addHeader("Link", "a");
            ((HttpServletResponse) later).addHeader("Link", "b");
        });

        assertThat(response.getHeaders("Cache-Control")).containsExactly("no-cache");
        assertThat(response.getHeaders("Link")).containsExactly("a", "b");
    }

    private void answer(String path) throws Exception {
        new UncachedAnswers().doFilter(new MockHttpServletRequest("GET", path), response, (request, later) -> { });
    }
}
