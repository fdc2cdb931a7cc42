package io.orderflow.payment.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read when the gateway is silent. */
class AnswerUnknownExceptionTest {

    static Stream<Arguments> causes() {
        return Stream.of(
                arguments(new EOFException("EOF reached while reading"), "the connection broke"),
                arguments(new IOException("Connection reset"), "the connection broke"),
                arguments(new ConnectException(), "it could not be reached"),
                arguments(new ConnectException().initCause(new ClosedChannelException()), "it could not be reached"),
                arguments(new UnknownHostException("gateway.example"), "it could not be reached"),
                arguments(new HttpConnectTimeoutException("HTTP connect timed out"), "it could not be reached"),
                arguments(new HttpTimeoutException("request timed out"), "timed out"),
                arguments(new TimeoutException(), "timed out"),
                arguments(new SSLHandshakeException("PKIX path building failed: sun.security.provider.certpath.X"),
                        "the connection could not be secured"));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void says_in_words_why_no_answer_came(Throwable cause, String words) {
        var wrapped = new IllegalStateException("I/O error on POST request", cause);

        assertThat(AnswerUnknownException.noResponse(wrapped)).hasMessage("No response from the gateway: " + words)
                .hasCause(wrapped);
    }
}
