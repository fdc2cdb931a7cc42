package io.orderflow.platform.store;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Keeps out of the log what fails because of an outage of which it was told: a stack trace each, from everybody. What
 * ends a thread goes to the log, too, instead of standard error.
 */
final class OutageLog extends TurboFilter implements AutoCloseable {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(OutageLog.class);

    private final StoreAvailability availability;

    private OutageLog(StoreAvailability availability) {
        this.availability = availability;
    }

    static OutageLog install(StoreAvailability availability) {
        var log = new OutageLog(availability);
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            log.setContext(context);
            log.start();
            context.addTurboFilter(log);
        }
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
                LOG.error("A failure ended the thread {}", thread.getName(), failure));
        return log;
    }

    @Override
    public FilterReply decide(Marker marker, Logger logger, Level level, String format, Object[] arguments,
            Throwable thrown) {
        if (!level.isGreaterOrEqual(Level.INFO)) {
            return FilterReply.NEUTRAL;
        }
        Throwable failure = thrown;
        if (failure == null && arguments != null && arguments.length > 0
                && arguments[arguments.length - 1] instanceof Throwable last) {
            failure = last;
        }
        return failure != null && availability.failed(failure) || isHidden(logger) ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    /**
     * Axon puts a failure of its own in the place of a transaction that could not be begun, and tells of each attempt of
     * each processor.
     */
    private boolean isHidden(Logger logger) {
        return availability.isOngoing() && logger.getName().startsWith("org.axonframework.");
    }

    @Override
    public void close() {
        if (getContext() instanceof LoggerContext context) {
            context.getTurboFilterList().remove(this);
        }
    }
}
