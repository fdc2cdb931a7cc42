package io.orderflow.platform.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipOutputStream;
import org.h2.engine.Database;
import org.h2.engine.Session;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/** The file under an H2 database in this process, below SQL. */
final class H2Store {

    private final Database database;

    private H2Store(Database database) {
        this.database = database;
    }

    /** @throws LossyStoreException when the database is not in this process */
    static H2Store of(Connection connection) throws SQLException {
        if (session(connection) instanceof SessionLocal local) {
            return new H2Store(local.getDatabase());
        }
        throw new LossyStoreException("The store is an H2 server in another process, which cannot be told to write",
                "Use an H2 file (jdbc:h2:retry:./data/orderflow) or PostgreSQL.");
    }

    static boolean isInThisProcess(Connection connection) throws SQLException {
        return session(connection) instanceof SessionLocal;
    }

    private static Session session(Connection connection) throws SQLException {
        return connection.unwrap(JdbcConnection.class).getSession();
    }

    boolean isOnDisk() {
        return database.isPersistent() && Stream.of("memfs:", "memlzf:", "niomemfs:", "niomemlzf:")
                .noneMatch(database.getDatabasePath().toLowerCase(Locale.ROOT)::contains);
    }

    MVStore pages() {
        return database.getStore().getMvStore();
    }

    /** Where the file is. */
    Path directory() {
        String path = database.getDatabasePath();
        return Path.of(path.substring(path.indexOf(':') + 1)).toAbsolutePath().getParent();
    }

    /**
     * Copies what was flushed last, or flushed meanwhile, as a new zip. Nothing that is in the file is written over as
     * long as this takes.
     */
    void copyTo(Path zip) throws IOException {
        MVStore pages = pages();
        pages.setReuseSpace(false);
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            pages.executeFilestoreOperation(() -> { });
            pages.getFileStore().backup(out);
        } finally {
            pages.setReuseSpace(true);
        }
    }
}
