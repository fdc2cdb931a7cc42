package io.orderflow.platform.store.durability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipOutputStream;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/** The file of an H2 database of this process, by H2's internal API. */
final class H2Store {

    private final Database database;

    private H2Store(Database database) {
        this.database = database;
    }

    /**
     * @throws io.orderflow.platform.store.startup.StoreRefusedException when the database belongs to another process
     */
    static H2Store of(Connection connection) throws SQLException {
        if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal local) {
            return new H2Store(local.getDatabase());
        }
        throw DurabilityConfiguration.refused("The store is an H2 server in another process, whose writes Orderflow"
                + " cannot control", DurabilityConfiguration.DURABLE_STORES);
    }

    boolean isOnDisk() {
        return database.isPersistent() && Stream.of("memfs:", "memlzf:", "niomemfs:", "niomemlzf:")
                .noneMatch(database.getDatabasePath().toLowerCase(Locale.ROOT)::contains);
    }

    MVStore pages() {
        return database.getStore().getMvStore();
    }

    Path directory() {
        String path = database.getDatabasePath();
        return Path.of(path.substring(path.indexOf(':') + 1)).toAbsolutePath().getParent();
    }

    /** Copies the flushed content into a new zip. Meanwhile no part of the file is overwritten. */
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
