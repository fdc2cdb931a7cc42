package io.orderflow.platform.spi;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Set;

/** Tells failures of a store that is away, restarting or out of resources from what a statement itself did wrong. */
public final class StoreOutage {

    /** Connection lost; lost to a rival; no memory, disk or connection left; stopped by an operator; input or output. */
    private static final List<String> SQL_STATES = List.of("08", "40", "53", "57", "58");
    /** Of those, what only one statement has met: it lost to a rival, or took too long. */
    private static final List<String> OF_ONE_STATEMENT = List.of("40", "57014");
    /** The disk is full; the server only reads; H2 cannot write, or opened its file to read only. */
    private static final Set<String> UNWRITABLE = Set.of("53100", "25006", "90028", "90031", "90097");
    private static final String INPUT_OUTPUT = "58";
    /** What the connection pool says, without an SQL state, of a connection that broke before. */
    private static final String CLOSED = "Connection is closed";

    /** What a failure says of the store. */
    public enum Kind {
        /** Nothing. */
        NONE,
        /** It is away, or has no connection left. */
        AWAY,
        /** It can be read but not written. */
        UNWRITABLE
    }

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

    /** What the first of its causes that is an outage says; a statement that lost to a rival says nothing. */
    public static Kind kind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException exception) {
                Kind kind = kindOf(exception);
                if (kind != Kind.NONE) {
                    return kind;
                }
            }
        }
        return Kind.NONE;
    }

    private static Kind kindOf(SQLException exception) {
        String state = exception.getSQLState();
        if (state != null && (UNWRITABLE.contains(state) || state.startsWith(INPUT_OUTPUT))) {
            return Kind.UNWRITABLE;
        }
        if (state != null && OF_ONE_STATEMENT.stream().anyMatch(state::startsWith)) {
            return Kind.NONE;
        }
        boolean away = exception instanceof SQLTransientConnectionException
                || exception instanceof SQLRecoverableException
                || exception instanceof SQLNonTransientConnectionException
                || isOfOutage(exception);
        return away ? Kind.AWAY : Kind.NONE;
    }

    private static boolean isOutage(SQLException exception) {
        return exception instanceof SQLTransientException || exception instanceof SQLRecoverableException
                || exception instanceof SQLNonTransientConnectionException || isOfOutage(exception);
    }

    private static boolean isOfOutage(SQLException exception) {
        String state = exception.getSQLState();
        return state == null ? CLOSED.equals(exception.getMessage())
                : UNWRITABLE.contains(state) || SQL_STATES.stream().anyMatch(state::startsWith);
    }
}
