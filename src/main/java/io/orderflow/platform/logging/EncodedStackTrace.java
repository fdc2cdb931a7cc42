package io.orderflow.platform.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import io.orderflow.shared.Printable;
import java.lang.reflect.Proxy;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;

/** {@code %wEx}: a stack trace in which the message of each exception is on one line. */
public final class EncodedStackTrace extends ExtendedWhitespaceThrowableProxyConverter {

    @Override
    protected String throwableProxyToString(IThrowableProxy thrown) {
        return super.throwableProxyToString(wrapped(thrown));
    }

    private static IThrowableProxy wrapped(IThrowableProxy thrown) {
        return (IThrowableProxy) Proxy.newProxyInstance(EncodedStackTrace.class.getClassLoader(),
                new Class<?>[] {IThrowableProxy.class},
                (proxy, method, arguments) -> encoded(method.invoke(thrown, arguments)));
    }

    private static @Nullable Object encoded(@Nullable Object part) {
        if (part instanceof IThrowableProxy[] thrown) {
            return Stream.of(thrown).map(EncodedStackTrace::wrapped).toArray(IThrowableProxy[]::new);
        }
        return part instanceof String text ? Printable.encode(text)
                : part instanceof IThrowableProxy cause ? wrapped(cause) : part;
    }
}
