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
 * The gateway was asked, and no answer came that tells what became of the operation. People read the message in the
 * timeline of the order, so that it is in words; what it was in detail is the cause, for the log.
 */
public final class AnswerUnknownException extends RuntimeException {

    public AnswerUnknownException(String why) {
        super(why);
    }

    public AnswerUnknownException(String why, Exception cause) {
        super(why, cause);
    }

    public static AnswerUnknownException silence(Exception cause) {
        return new AnswerUnknownException("The gateway gave no answer: " + inWords(cause), cause);
    }

    private static String inWords(Exception cause) {
        if (isBy(cause, ConnectException.class, HttpConnectTimeoutException.class, UnknownHostException.class,
                UnresolvedAddressException.class)) {
            return "it could not be reached";
        }
        if (isBy(cause, HttpTimeoutException.class, SocketTimeoutException.class, TimeoutException.class)) {
            return "none came in time";
        }
        return isBy(cause, SSLException.class) ? "the connection could not be secured" : "the connection broke";
    }

    @SafeVarargs
    private static boolean isBy(Throwable failure, Class<? extends Throwable>... kinds) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause)
                .anyMatch(each -> Stream.of(kinds).anyMatch(kind -> kind.isInstance(each)));
    }
}
