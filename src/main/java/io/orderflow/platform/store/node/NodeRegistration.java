package io.orderflow.platform.store.node;

import io.orderflow.platform.spi.DaemonThreads;
import io.orderflow.platform.store.startup.StoreRefusedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reserves the id of this node, so that no second node uses it, and releases what dead nodes had claimed: segments of
 * processors and scheduled tasks.
 *
 * <p>On PostgreSQL a session-level advisory lock reserves the id. PostgreSQL releases it when the process dies, however
 * it dies, and keeps it while the process is merely frozen. An H2 file can only be opened by one process.
 */
public final class NodeRegistration implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeRegistration.class);

    /** Distinguishes these advisory locks from others in the same database: "node". */
    private static final int LOCKS = 0x6e6f6465;
    /** How long PostgreSQL may take to notice that a process was killed. */
    private static final long TIMEOUT_MILLIS = 5_000;
    private static final long PAUSE_MILLIS = 250;
    private static final int CHECK_SECONDS = 2;

    private static final String LIVE_NODE = "EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            + " AND classid = " + LOCKS + " AND objid::bigint = hashtext(%s)::bigint & 4294967295)";

    private final DataSource dataSource;
    private final String nodeId;
    private final Runnable stop;
    private final ScheduledExecutorService checks = Executors.newSingleThreadScheduledExecutor(
            DaemonThreads.named("node-registration"));
    private @Nullable Connection session;
    private int backend;
    private boolean unreachable;

    private NodeRegistration(DataSource dataSource, String nodeId, Runnable stop) {
        this.dataSource = dataSource;
        this.nodeId = nodeId;
        this.stop = stop;
    }

    /**
     * @param stop stops the application when another node has taken the id while the database was unreachable
     * @throws StoreRefusedException when a live node uses the id
     */
    public static NodeRegistration register(DataSource dataSource, String nodeId, Runnable stop)
            throws SQLException, InterruptedException {
        if (nodeId.isBlank() || nodeId.length() > NodeId.MAX_LENGTH) {
            throw new IllegalArgumentException("%s must have 1 to %s characters: '%s'".formatted(NodeId.PROPERTY,
                    NodeId.MAX_LENGTH, nodeId));
        }
        var registration = new NodeRegistration(dataSource, nodeId, stop);
        try (Connection connection = dataSource.getConnection()) {
            switch (connection.getMetaData().getDatabaseProductName()) {
                case "H2" -> {
                    // On an H2 server, which may serve other nodes, only time tells that a claim is not used any more.
                    if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal) {
                        releaseClaims(connection, "FALSE", "FALSE");
                    }
                }
                case "PostgreSQL" -> {
                    registration.acquireOrRefuse();
                    releaseClaims(connection, LIVE_NODE.formatted("owner"), LIVE_NODE.formatted("picked_by"));
                }
                default -> { }
            }
        }
        return registration;
    }

    /**
     * Tasks of dead nodes are left to db-scheduler's detection of dead executions, which runs when it starts. A node
     * that is alive after all would lose its batch and handle it again, as whenever a segment moves.
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

    private void acquireOrRefuse() throws SQLException, InterruptedException {
        if (!acquire()) {
            throw new StoreRefusedException(
                    "Another node with the id '%s' is running on the same store".formatted(nodeId),
                    "Give each node an %s of its own, or none: each start then creates a unique one."
                            .formatted(NodeId.PROPERTY));
        }
        checks.scheduleWithFixedDelay(this::check, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    private boolean acquire() throws SQLException, InterruptedException {
        long giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
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
                }
            }
        } finally {
            if (session != candidate) {
                candidate.close();
            }
        }
        return session == candidate;
    }

    private void check() {
        try {
            if (session == null || !session.isValid(CHECK_SECONDS)) {
                reacquire();
            }
        } catch (SQLException | RuntimeException failure) {
            if (!unreachable) {
                LOG.warn("The node id '{}' is not reserved until the database answers again: {}", nodeId,
                        failure.toString());
            }
            unreachable = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The connection breaks when PostgreSQL restarts, and the lock is released with it. */
    private void reacquire() throws SQLException, InterruptedException {
        if (session != null) {
            session.close();
        }
        terminateBrokenSession();
        if (acquire()) {
            LOG.info("The node id '{}' is reserved again", nodeId);
            unreachable = false;
        } else {
            LOG.error("Another node has taken the id '{}' while this node had no connection; this node stops", nodeId);
            checks.shutdown();
            new Thread(stop, "duplicate-node").start();
        }
    }

    /** PostgreSQL may take hours to notice that a connection is broken, and keeps its lock until then. */
    private void terminateBrokenSession() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.prepareStatement("SELECT pg_terminate_backend(pid) FROM pg_locks"
                        + " WHERE locktype = 'advisory' AND classid = " + LOCKS + " AND pid = ?")) {
            statement.setInt(1, backend);
            statement.execute();
        }
    }

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
