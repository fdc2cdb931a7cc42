package io.orderflow.shared;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.List;

/** Tells failures of a store that is away, restarting or out of resources from what a statement itself did wrong. */
public final class StoreOutage {

    /** Connection lost; lost to a rival; no memory, disk or connection left; stopped by an operator; input or output. */
    private static final List<String> SQL_STATES = List.of("08", "40", "53", "57", "58");
    /** What the connection pool says, without an SQL state, of a connection that broke before. */
    private static final String CLOSED = "Connection is closed";

    private StoreOutage() {
    }

    /** @return whether this failure has one among its causes; the same work may then succeed later */
    public static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException exception && isOutage(exception)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOutage(SQLException exception) {
        if (exception instanceof SQLTransientException || exception instanceof SQLRecoverableException
                || exception instanceof SQLNonTransientConnectionException) {
            return true;
        }
        String state = exception.getSQLState();
        return state == null ? CLOSED.equals(exception.getMessage()) : SQL_STATES.stream().anyMatch(state::startsWith);
    }
}
