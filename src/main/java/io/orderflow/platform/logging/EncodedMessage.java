package io.orderflow.platform.logging;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.orderflow.shared.Printable;

/**
 * {@code %m}: the message of an event on one line. Messages contain text of callers, which could forge a line with a
 * line break, or change a terminal with an escape sequence.
 */
public final class EncodedMessage extends MessageConverter {

    /** Its reports are written once, at start, and have paragraphs. */
    private static final String FAILURE_REPORT = "org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter";

    @Override
    public String convert(ILoggingEvent event) {
        String message = super.convert(event);
        return event.getLoggerName().equals(FAILURE_REPORT) ? message : Printable.encode(message);
    }
}
