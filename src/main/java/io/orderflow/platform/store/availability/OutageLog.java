package io.orderflow.platform.store.availability;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Suppresses log events caused by an outage that {@link StoreAvailability} has logged: every caller would log a stack
 * trace. Also sends uncaught exceptions of threads to the log instead of standard error.
 */
public final class OutageLog extends TurboFilter implements AutoCloseable {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(OutageLog.class);

    private final StoreAvailability availability;

    private OutageLog(StoreAvailability availability) {
        this.availability = availability;
    }

    public static OutageLog install(StoreAvailability availability) {
        var log = new OutageLog(availability);
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            log.setContext(context);
            log.start();
            context.addTurboFilter(log);
        }
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
                LOG.error("An uncaught exception ended the thread {}", thread.getName(), failure));
        return log;
    }

    @Override
    public FilterReply decide(@Nullable Marker marker, Logger logger, Level level, @Nullable String format,
            Object @Nullable [] arguments, @Nullable Throwable thrown) {
        if (!level.isGreaterOrEqual(Level.INFO)) {
            return FilterReply.NEUTRAL;
        }
        @Nullable Throwable failure = thrown;
        if (failure == null && arguments != null && arguments.length > 0
                && arguments[arguments.length - 1] instanceof Throwable last) {
            failure = last;
        }
        return failure != null && availability.failed(failure) || isHidden(logger) ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    /** Axon logs each attempt of each processor, with an exception of its own that lacks the cause. */
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
