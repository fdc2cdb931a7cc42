package io.orderflow.payment.gateway;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * The gateway was called and gave no answer that decides the operation. The message is shown in the timeline of the
 * order, so it names no classes; the technical reason is the cause, which is logged.
 */
public final class AnswerUnknownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AnswerUnknownException(String message) {
        super(message);
    }

    public AnswerUnknownException(String message, Exception cause) {
        super(message, cause);
    }

    public static AnswerUnknownException noResponse(Exception cause) {
        return new AnswerUnknownException("No response from the gateway: " + reason(cause), cause);
    }

    private static String reason(Exception cause) {
        if (isBy(cause, ConnectException.class, HttpConnectTimeoutException.class, UnknownHostException.class,
                UnresolvedAddressException.class)) {
            return "it could not be reached";
        }
        if (isBy(cause, HttpTimeoutException.class, SocketTimeoutException.class, TimeoutException.class)) {
            return "timed out";
        }
        return isBy(cause, SSLException.class) ? "the connection could not be secured" : "the connection broke";
    }

    @SafeVarargs
    private static boolean isBy(Throwable failure, Class<? extends Throwable>... kinds) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause)
                .anyMatch(each -> Stream.of(kinds).anyMatch(kind -> kind.isInstance(each)));
    }
}
