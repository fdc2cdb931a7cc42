package io.orderflow.platform.store;

import java.io.EOFException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.axonframework.common.ExceptionUtils;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Tells whoever started the application on a store that cannot be opened or used what is wrong and what to do. */
class UnusableStoreAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    private static final String URL = "spring.datasource.url";

    private final Environment environment;

    UnusableStoreAnalyzer(Environment environment) {
        this.environment = environment;
    }

    /** By SQL state, which is H2's error code where it begins with 90; those of input and output need a look at the cause. */
    private enum Unusable {
        IN_USE("is in use by another process, most likely another Orderflow",
                "Stop the other one, or name another file: --spring.datasource.url=jdbc:h2:retry:FILE."
                        + " Several nodes need PostgreSQL (docs/postgresql.md).", "90020"),
        DAMAGED("is damaged, or no H2 database of a version that can be read",
                "Put the file aside without deleting it, and restore a backup (docs/reliability.md, Restore).",
                "90030", "90048", "90049"),
        OTHER_PASSWORD("has refused the user or the password",
                "Set --spring.datasource.username, and SPRING_DATASOURCE_PASSWORD in the environment.", "28000", "28P01"),
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
                + " Orderflow may write it, and that the disk is sound; or name another file by --spring.datasource.url.",
                "90028", "90031", "90062", "58030");

        private final String what;
        private final String cure;
        private final String[] states;

        Unusable(String what, String cure, String... states) {
            this.what = what;
            this.cure = cure;
            this.states = states;
        }

        static Unusable of(SQLException failure) {
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
    protected FailureAnalysis analyze(Throwable root, SQLException outermost) {
        for (Throwable cause = outermost; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failure && Unusable.of(failure) != null) {
                Unusable unusable = Unusable.of(failure);
                return new FailureAnalysis("The store '%s' %s: %s".formatted(store(), unusable.what,
                        StoreAvailability.reason(failure)), unusable.cure, failure);
            }
        }
        return null;
    }

    /** Without the settings, among which a password may be. */
    private String store() {
        return environment.getProperty(URL, "").split("[;?]")[0];
    }
}
