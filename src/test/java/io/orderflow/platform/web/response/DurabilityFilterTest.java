package io.orderflow.platform.web.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class DurabilityFilterTest {

    private final MockHttpServletResponse response = new MockHttpServletResponse();
    /** For each wait, whether a part of the answer had been sent before. */
    private final List<Boolean> waits = new ArrayList<>();
    private RuntimeException failure;

    private void awaitDurable() {
        waits.add(response.isCommitted());
        if (failure != null) {
            throw failure;
        }
    }

    @Test
    void an_answer_waits_once_before_anything_is_sent() throws Exception {
        answer(answer -> {
            write(answer, "first ");
            write(answer, "second");
            answer.getOutputStream().flush();
            answer.flushBuffer();
        });

        assertThat(response.getContentAsString()).isEqualTo("first second");
        assertThat(waits).containsExactly(false);
    }

    @Test
    void an_answer_that_is_larger_than_the_buffer_waits_before_its_first_part_is_sent() throws Exception {
        answer(answer -> {
            for (int part = 0; part < 10; part++) {
                write(answer, "x".repeat(1_000));
            }
            assertThat(response.isCommitted()).isTrue();
        });

        assertThat(waits).containsExactly(false);
    }

    @Test
    void an_answer_without_a_body_waits_at_its_end() throws Exception {
        answer(answer -> answer.setStatus(204));

        assertThat(waits).containsExactly(false);
    }

    @Test
    void an_answer_that_is_flushed_without_a_body_waits_before_that() throws Exception {
        answer(HttpServletResponse::flushBuffer);

        assertThat(waits).containsExactly(false);
    }

    @Test
    void an_answer_of_a_writer_waits_too() throws Exception {
        answer(answer -> {
            answer.getWriter().write("text");
            answer.getWriter().flush();
        });

        assertThat(waits).containsExactly(false);
    }

    @Test
    void each_event_of_a_stream_waits() throws Exception {
        answer(answer -> {
            answer.setContentType("text/event-stream;charset=UTF-8");
            for (String event : new String[] {"a", "b", "c"}) {
                write(answer, event);
                int before = waits.size();
                answer.getOutputStream().flush();
                assertThat(waits).hasSize(before + 1);
            }
        });

        assertThat(waits).startsWith(false, true, true);
    }

    @Test
    void a_problem_does_not_wait() throws Exception {
        answer(answer -> {
            answer.setStatus(503);
            write(answer, "{}");
            answer.flushBuffer();
        });

        assertThat(waits).isEmpty();
        assertThat(response.getContentAsString()).isEqualTo("{}");
    }

    @Test
    void nothing_is_sent_when_the_store_cannot_be_written() {
        failure = new IllegalStateException("The disk is full");

        assertThatThrownBy(() -> answer(answer -> {
            answer.setStatus(201);
            answer.setContentType("application/json");
            answer.setHeader("Location", "/v1/orders/1");
            write(answer, "{}");
            answer.flushBuffer();
        })).isSameAs(failure);

        assertThat(response.isCommitted()).isFalse();
        assertThat(response.getContentAsByteArray()).isEmpty();
        assertThat(response.getContentType()).isNull();
        assertThat(response.getHeaderNames()).isEmpty();
    }

    private void answer(Answer answer) throws Exception {
        FilterChain chain = (request, wrapped) -> answer.write((HttpServletResponse) wrapped);
        new DurabilityFilter(this::awaitDurable).doFilter(new MockHttpServletRequest("POST", "/v1/orders"), response,
                chain);
    }

    private interface Answer {

        void write(HttpServletResponse response) throws IOException;
    }

    private static void write(HttpServletResponse response, String text) throws IOException {
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
