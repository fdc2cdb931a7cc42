package io.orderflow.platform.logging;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.orderflow.shared.Printable;

/**
 * {@code %m}: the message of an event on one line. Callers choose parts of messages, ours as well as the libraries'; with
 * a line break they would forge a line, with an escape sequence change a terminal.
 */
public final class EncodedMessage extends MessageConverter {

    /** Written once, for whoever starts the application, in paragraphs. */
    private static final String FAILURE_REPORT = "org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter";

    @Override
    public String convert(ILoggingEvent event) {
        String message = super.convert(event);
        return event.getLoggerName().equals(FAILURE_REPORT) ? message : Printable.encode(message);
    }
}
