package io.orderflow.platform.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.stream.Stream;
import org.h2.engine.Database;
import org.h2.engine.Session;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/**
 * The file under an H2 database in this process.
 *
 * <p>Reaches below SQL, because {@code CHECKPOINT SYNC} alone is not enough: it finds nothing to do, and returns, while
 * a chunk that H2 began to write in the background by itself is still on its way to the file (2.3.232,
 * {@code MVStore.store}, {@code FileStore.storeIt}).
 */
final class H2Store {

    private final Database database;

    private H2Store(Database database) {
        this.database = database;
    }

    /** @throws LossyStoreException when the database is not in this process */
    static H2Store of(Connection connection) throws SQLException {
        Session session = connection.unwrap(JdbcConnection.class).getSession();
        if (session instanceof SessionLocal local) {
            return new H2Store(local.getDatabase());
        }
        throw new LossyStoreException("The store is an H2 server in another process, which cannot be told to write",
                "Use an H2 file (jdbc:h2:retry:./data/orderflow) or PostgreSQL.");
    }

    boolean isOnDisk() {
        return database.isPersistent() && Stream.of("memfs:", "memlzf:", "niomemfs:", "niomemlzf:")
                .noneMatch(database.getDatabasePath().toLowerCase(Locale.ROOT)::contains);
    }

    boolean writesEachCommit() {
        return store().getAutoCommitDelay() == 0;
    }

    /** Returns once all that is committed is on the disk, and nothing of what is not. */
    void flush(WriteGate gate) throws InterruptedException {
        MVStore store = store();
        gate.close(store::commit);
        store.executeFilestoreOperation(() -> { });
        store.sync();
    }

    private MVStore store() {
        return database.getStore().getMvStore();
    }
}
