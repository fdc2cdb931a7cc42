package io.orderflow.platform.store.startup;

import io.orderflow.platform.store.availability.StoreAvailability;
import java.io.EOFException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.axonframework.common.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Explains why the configured store cannot be opened or used, and how to fix it, instead of printing a stack trace. */
class UnusableStoreAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    private static final String URL = "spring.datasource.url";

    private final Environment environment;

    UnusableStoreAnalyzer(Environment environment) {
        this.environment = environment;
    }

    /**
     * By SQL state; those that begin with 90 are H2's error codes. Errors of input and output are recognized by their cause.
     */
    private enum Unusable {
        IN_USE("is in use by another process, most likely another Orderflow",
                "Stop the other one, or name another file: --spring.datasource.url=jdbc:h2:retry:FILE."
                        + " Several nodes need PostgreSQL (docs/postgresql.md).", "90020"),
        DAMAGED("is damaged, or no H2 database of a version that can be read",
                "Put the file aside without deleting it, and restore a backup (docs/reliability.md, Restore).",
                "90030", "90048", "90049"),
        OTHER_PASSWORD("has refused the user or the password",
                "Set --spring.datasource.username, and SPRING_DATASOURCE_PASSWORD in the environment.",
                "28000", "28P01"),
        NO_DATABASE("does not exist on the server",
                "Create the database (docs/postgresql.md), or name another one by --spring.datasource.url.", "3D000"),
        NO_PERMISSION("does not let the user do what is needed",
                "Let the user create schemas and own their tables (docs/postgresql.md), or name another user by"
                        + " --spring.datasource.username.", "42501"),
        NO_CONNECTION_LEFT("has no connection left",
                "Raise max_connections in PostgreSQL, or lower --spring.datasource.hikari.maximum-pool-size.", "53300"),
        UNREACHABLE("cannot be reached",
                "See that the database runs, and that --spring.datasource.url names its host and port.",
                "08001", "08003", "08004", "08006", "57P03"),
        FULL("cannot be written: its disk is full", "Make room on that disk, and start again.", "53100"),
        READ_ONLY("can only be read", "Let the user that runs Orderflow write the file and its folder, or name another"
                + " by --spring.datasource.url; with PostgreSQL, name the primary.", "90097", "25006"),
        UNWRITABLE("cannot be opened or written", "See that the folder exists or can be made, that the user that runs"
                + " Orderflow may write it, and that the disk is sound; or name another file by"
                + " --spring.datasource.url.", "90028", "90031", "90062", "58030");

        private final String problem;
        private final String remedy;
        private final String[] states;

        Unusable(String problem, String remedy, String... states) {
            this.problem = problem;
            this.remedy = remedy;
            this.states = states;
        }

        static @Nullable Unusable of(SQLException failure) {
            if (StoreAvailability.reason(failure).contains("No space left")) {
                return FULL;
            }
            if (ExceptionUtils.findException(failure, EOFException.class).isPresent()) {
                return DAMAGED;
            }
            return Stream.of(values()).filter(each -> Arrays.asList(each.states).contains(failure.getSQLState()))
                    .findFirst().orElse(null);
        }
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, SQLException outermost) {
        for (Throwable cause = outermost; cause != null; cause = cause.getCause()) {
            Unusable unusable = cause instanceof SQLException failure ? Unusable.of(failure) : null;
            if (unusable != null) {
                return new FailureAnalysis("The store '%s' %s: %s".formatted(store(), unusable.problem,
                        StoreAvailability.reason(cause)), unusable.remedy, cause);
            }
        }
        return null;
    }

    /** The URL without its settings, which may contain a password. */
    private String store() {
        return environment.getProperty(URL, "").split("[;?]")[0];
    }
}
