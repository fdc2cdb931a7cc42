package io.orderflow.platform.store;

import io.orderflow.platform.spi.DaemonThreads;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the id of this node, so that no second one works under it, and releases at once what nodes that are gone had
 * claimed: segments of processors and tasks.
 *
 * <p>On PostgreSQL the id is held by a session-level advisory lock, which PostgreSQL releases when the process dies,
 * however it dies, and keeps as long as the process is merely frozen. An H2 file is held by H2: one process opens it.
 */
final class NodeRegistration implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeRegistration.class);

    /** Distinguishes these advisory locks from others in the same database: "node". */
    private static final int LOCKS = 0x6e6f6465;
    /** How long PostgreSQL may take to notice that a killed process has gone. */
    private static final long PATIENCE_MILLIS = 5_000;
    private static final long PAUSE_MILLIS = 250;
    private static final int CHECK_SECONDS = 2;

    private static final String NOBODY = "FALSE";
    private static final String LIVE_NODE = "EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            + " AND classid = " + LOCKS + " AND objid::bigint = hashtext(%s)::bigint & 4294967295)";

    private final DataSource dataSource;
    private final String nodeId;
    private final Runnable stop;
    private final ScheduledExecutorService checks;
    private Connection session;
    private int backend;
    private boolean lost;

    private NodeRegistration(DataSource dataSource, String nodeId, Runnable stop) {
        this.dataSource = dataSource;
        this.nodeId = nodeId;
        this.stop = stop;
        this.checks = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("node-registration"));
    }

    /**
     * @param stop ends the application, for when another node has taken the id while the store could not be reached
     * @throws DuplicateNodeException when a live node has the id
     */
    static NodeRegistration register(DataSource dataSource, String nodeId, Runnable stop)
            throws SQLException, InterruptedException {
        if (nodeId.isBlank() || nodeId.length() > NodeId.LONGEST) {
            throw new IllegalArgumentException("%s must have 1 to %s characters: '%s'".formatted(NodeId.PROPERTY,
                    NodeId.LONGEST, nodeId));
        }
        var registration = new NodeRegistration(dataSource, nodeId, stop);
        try (Connection connection = dataSource.getConnection()) {
            switch (connection.getMetaData().getDatabaseProductName()) {
                case "H2" -> {
                    if (H2Store.isInThisProcess(connection)) {
                        releaseClaims(connection, NOBODY, NOBODY);
                    }
                }
                case "PostgreSQL" -> {
                    if (!registration.acquire()) {
                        throw new DuplicateNodeException(nodeId);
                    }
                    registration.keep();
                    releaseClaims(connection, LIVE_NODE.formatted("owner"), LIVE_NODE.formatted("picked_by"));
                }
                default -> { }
            }
        }
        return registration;
    }

    /**
     * A task of a node that has gone is left to db-scheduler's own detection of dead executions, which looks at once when
     * it starts. Should a node be alive all the same, it loses its batch and handles it again, as with any take-over.
     */
    private static void releaseClaims(Connection connection, String ownerLives, String pickerLives)
            throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE axon.token_entry SET owner = NULL WHERE owner IS NOT NULL AND NOT "
                    + ownerLives);
            statement.executeUpdate("UPDATE axon.scheduled_tasks SET last_heartbeat = TIMESTAMP WITH TIME ZONE"
                    + " '2000-01-01 00:00:00+00' WHERE picked AND NOT " + pickerLives);
        }
    }

    private boolean acquire() throws SQLException, InterruptedException {
        long giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!tryAcquire()) {
            if (System.nanoTime() > giveUp) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return true;
    }

    private boolean tryAcquire() throws SQLException {
        Connection candidate = dataSource.getConnection();
        try (var statement = candidate.prepareStatement(
                "SELECT pg_try_advisory_lock(?, hashtext(?)), pg_backend_pid()")) {
            statement.setInt(1, LOCKS);
            statement.setString(2, nodeId);
            try (var row = statement.executeQuery()) {
                row.next();
                if (row.getBoolean(1)) {
                    session = candidate;
                    backend = row.getInt(2);
                    return true;
                }
            }
        } catch (SQLException failure) {
            candidate.close();
            throw failure;
        }
        candidate.close();
        return false;
    }

    private void keep() {
        checks.scheduleWithFixedDelay(() -> {
            try {
                check();
            } catch (SQLException | RuntimeException failure) {
                if (!lost) {
                    LOG.warn("The node id '{}' is not held until the store answers again: {}", nodeId,
                            failure.toString());
                }
                lost = true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    /** The connection breaks when PostgreSQL restarts, and the lock with it. */
    private void check() throws SQLException, InterruptedException {
        if (session.isValid(CHECK_SECONDS)) {
            return;
        }
        session.close();
        endBrokenSession();
        if (acquire()) {
            LOG.info("The node id '{}' is held again", nodeId);
            lost = false;
        } else {
            LOG.error("Another node has taken the id '{}' while this one had no connection: it stops", nodeId);
            checks.shutdown();
            new Thread(stop, "duplicate-node").start();
        }
    }

    /** PostgreSQL may take hours to notice that a connection is broken, and keeps its lock as long. */
    private void endBrokenSession() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.prepareStatement("SELECT pg_terminate_backend(pid) FROM pg_locks"
                        + " WHERE locktype = 'advisory' AND classid = " + LOCKS + " AND pid = ?")) {
            statement.setInt(1, backend);
            statement.execute();
        }
    }

    /** Gives the connection back without the lock. */
    @Override
    public void close() throws SQLException {
        checks.shutdown();
        if (session != null && !session.isClosed()) {
            try (var statement = session.createStatement()) {
                statement.execute("SELECT pg_advisory_unlock_all()");
            } finally {
                session.close();
            }
        }
    }
}
