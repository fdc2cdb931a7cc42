package io.orderflow.platform.spi;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Distinguishes failures of a store that is unreachable, restarting or out of resources from errors of a statement. */
public final class StoreOutage {

    /** Connection lost; no memory, disk or connection left; stopped by an operator. */
    private static final List<String> AWAY = List.of("08", "53", "57");
    /** Rolled back in favour of another transaction; timed out. */
    private static final List<String> ONE_STATEMENT = List.of("40", "57014");
    /** The disk is full; the server is read-only; H2 cannot write, or has opened its file read-only. */
    private static final Set<String> UNWRITABLE = Set.of("53100", "25006", "90028", "90031", "90097");
    private static final String INPUT_OUTPUT = "58";
    /** What the connection pool reports, without an SQL state, of a connection that broke before. */
    private static final String CLOSED = "Connection is closed";

    /** What a failure says about the store, by increasing severity. */
    public enum Kind {
        /** Nothing: repeating the work would fail again. */
        NONE,
        /** One statement lost to another transaction or took too long; the work may succeed when repeated. */
        STATEMENT,
        /** The store is unreachable, or has no connection left. */
        AWAY,
        /** The store can be read but not written. */
        UNWRITABLE
    }

    private StoreOutage() {
    }

    /** Whether the same work may succeed later. */
    public static boolean isCauseOf(Throwable failure) {
        return kind(failure) != Kind.NONE;
    }

    /** The most severe kind among a failure and its causes. */
    public static Kind kind(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(cause -> cause instanceof SQLException exception ? kindOf(exception) : Kind.NONE)
                .max(Kind::compareTo).orElse(Kind.NONE);
    }

    private static Kind kindOf(SQLException exception) {
        String state = Objects.requireNonNullElse(exception.getSQLState(), "");
        if (UNWRITABLE.contains(state) || state.startsWith(INPUT_OUTPUT)) {
            return Kind.UNWRITABLE;
        }
        if (ONE_STATEMENT.stream().anyMatch(state::startsWith)) {
            return Kind.STATEMENT;
        }
        if (exception instanceof SQLTransientConnectionException || exception instanceof SQLRecoverableException
                || exception instanceof SQLNonTransientConnectionException
                || AWAY.stream().anyMatch(state::startsWith)
                || state.isEmpty() && CLOSED.equals(exception.getMessage())) {
            return Kind.AWAY;
        }
        return exception instanceof SQLTransientException ? Kind.STATEMENT : Kind.NONE;
    }
}
