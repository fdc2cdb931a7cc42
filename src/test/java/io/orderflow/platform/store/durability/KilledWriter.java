package io.orderflow.platform.store.durability;

import io.orderflow.platform.spi.Durability;
import io.orderflow.platform.store.availability.StoreAvailability;
import io.orderflow.platform.store.durability.DurabilityConfiguration.Level;
import java.sql.Connection;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * A process that commits as fast as it can, and says of a commit that it is durable once it is, until it is killed.
 *
 * <p>Each of its threads counts; each count is written to two tables in one transaction. Between two waits a thread
 * commits a few times without waiting, as sagas do.
 */
final class KilledWriter {

    static final int THREADS = 8;
    /** Rows per table and transaction, so that a transaction is in progress most of the time. */
    static final int PARTS = 10;
    private static final int WITHOUT_WAITING = 5;

    private KilledWriter() {
    }

    /** @param arguments the URL of the store, and how durable it is to be */
    public static void main(String[] arguments) throws Exception {
        var pool = JdbcConnectionPool.create(arguments[0], "sa", "");
        pool.setMaxConnections(2 * THREADS);
        try (var connection = pool.getConnection(); var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE one (thread INT, number INT, part INT, PRIMARY KEY (thread, number, part))");
            statement.execute("CREATE TABLE two (thread INT, number INT, part INT, text VARCHAR(1000))");
            statement.execute("CHECKPOINT SYNC");
        }
        var availability = new StoreAvailability();
        var gate = new WriteGate(() -> !availability.isWritable());
        var store = new GatedDataSource(pool, gate, availability);
        Durability durability = new DurabilityConfiguration().durability(store, gate, availability,
                Level.valueOf(arguments[1]));
        durability.awaitDurable();
        for (int thread = 0; thread < THREADS; thread++) {
            int name = thread;
            new Thread(() -> count(store, durability, name)).start();
        }
    }

    private static void count(DataSource pool, Durability durability, int thread) {
        try {
            for (int number = 1;; number++) {
                try (var connection = pool.getConnection()) {
                    write(connection, thread, number);
                }
                if (ThreadLocalRandom.current().nextInt(WITHOUT_WAITING) == 0) {
                    durability.awaitDurable();
                    System.out.println(thread + " " + number);
                }
            }
        } catch (Exception e) {
            e.printStackTrace();
        }
    }

    private static void write(Connection connection, int thread, int number) throws Exception {
        connection.setAutoCommit(false);
        for (int part = 0; part < PARTS; part++) {
            for (String insert : new String[] {"INSERT INTO one VALUES (%d, %d, %d)",
                    "INSERT INTO two VALUES (%d, %d, %d, SPACE(500))"}) {
                try (var statement = connection.createStatement()) {
                    statement.execute(insert.formatted(thread, number, part));
                }
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }
}
