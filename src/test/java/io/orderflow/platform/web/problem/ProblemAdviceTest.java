package io.orderflow.platform.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.apache.catalina.connector.ClientAbortException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.context.request.ServletWebRequest;

class ProblemAdviceTest {

    private final ProblemAdvice advice = new ProblemAdvice();
    private final ServletWebRequest request = new ServletWebRequest(new MockHttpServletRequest("POST", "/v1/orders"),
            new MockHttpServletResponse());

    static Stream<Exception> brokenStoreConnections() {
        return Stream.of(
                new EventStoreException("Cannot read", new PSQLException("An I/O error", PSQLState.CONNECTION_FAILURE,
                        new EOFException())),
                new EventStoreException("Cannot append", new PSQLException("An I/O error", PSQLState.CONNECTION_FAILURE,
                        new IOException("Broken pipe"))),
                new CannotCreateTransactionException("No connection", new SQLTransientConnectionException("None",
                        "08001", new EOFException())));
    }

    @ParameterizedTest
    @MethodSource("brokenStoreConnections")
    void a_broken_connection_to_the_store_is_not_taken_for_a_client_that_has_left(Exception failure) {
        var answer = advice.failed(failure, request);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(((ProblemDetail) answer.getBody()).getProperties()).containsEntry("code", "busy");
    }

    @Test
    void a_client_that_has_left_gets_no_answer() {
        assertThat(advice.failed(new ClientAbortException(new IOException("Broken pipe")), request)).isNull();
    }
}
