package io.orderflow.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** When an answer is held back: always before its first byte, and once for each piece of it. */
class DurableAnswersTest {

    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private int waits;
    private String saidWhenWaiting = "";
    private RuntimeException trouble;

    private void awaitDurable() {
        waits++;
        saidWhenWaiting += said() + '|';
        if (trouble != null) {
            throw trouble;
        }
    }

    @Test
    void an_answer_waits_once_before_its_first_byte() throws Exception {
        answer(answer -> {
            write(answer, "first ");
            write(answer, "second");
            answer.getOutputStream().flush();
            answer.flushBuffer();
        });

        assertThat(said()).isEqualTo("first second");
        assertThat(saidWhenWaiting).isEqualTo("|");
    }

    @Test
    void an_answer_without_a_body_waits_before_it_ends() throws Exception {
        answer(answer -> answer.setStatus(204));

        assertThat(waits).isEqualTo(1);
        assertThat(response.isCommitted()).isFalse();
    }

    @Test
    void an_answer_that_is_flushed_without_a_body_waits_before_that() throws Exception {
        answer(HttpServletResponse::flushBuffer);

        assertThat(waits).isEqualTo(1);
    }

    @Test
    void what_is_written_by_a_writer_waits_too() throws Exception {
        answer(answer -> {
            answer.getWriter().write("text");
            answer.getWriter().flush();
        });

        assertThat(said()).isEqualTo("text");
        assertThat(saidWhenWaiting).isEqualTo("|");
    }

    @Test
    void each_event_of_a_stream_waits_for_itself() throws Exception {
        answer(answer -> {
            for (String event : new String[] {"a", "b", "c"}) {
                write(answer, event);
                answer.getOutputStream().flush();
            }
        });

        assertThat(saidWhenWaiting).isEqualTo("|a|ab|");
    }

    @Test
    void a_problem_waits_for_nothing() throws Exception {
        answer(answer -> {
            answer.setStatus(503);
            write(answer, "{}");
        });

        assertThat(waits).isZero();
        assertThat(said()).isEqualTo("{}");
    }

    @Test
    void nothing_is_said_when_the_store_cannot_be_written() {
        trouble = new IllegalStateException("The disk is full");

        assertThatThrownBy(() -> answer(answer -> write(answer, "done"))).isSameAs(trouble);

        assertThat(said()).isEmpty();
    }

    @Test
    void a_problem_in_its_place_bears_nothing_of_what_was_to_be_said() {
        trouble = new IllegalStateException("The disk is full");

        assertThatThrownBy(() -> answer(answer -> {
            answer.setStatus(201);
            answer.setContentType("application/json");
            answer.setHeader("Location", "/v1/orders/1");
            write(answer, "{}");
        })).isSameAs(trouble);

        assertThat(response.getContentType()).isNull();
        assertThat(response.getHeaderNames()).isEmpty();
    }

    private void answer(Answer answer) throws Exception {
        FilterChain chain = (request, wrapped) -> answer.write((HttpServletResponse) wrapped);
        new DurableAnswers(this::awaitDurable).doFilter(new MockHttpServletRequest("POST", "/v1/orders"), response,
                chain);
    }

    private interface Answer {

        void write(HttpServletResponse response) throws IOException;
    }

    private static void write(HttpServletResponse response, String text) throws IOException {
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private String said() {
        return new String(response.getContentAsByteArray(), StandardCharsets.UTF_8);
    }
}
