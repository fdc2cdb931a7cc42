package io.orderflow.packaged;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real PostgreSQL server that keeps every commit it acknowledges, and can be killed and started again on the same
 * port and data. It needs no installation and also runs as root, by way of a user namespace.
 */
public final class PostgresServer implements AutoCloseable {

    private static final String USER = "postgres";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    private PostgresServer(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    /** @param directory an existing one, where its data is made and stays when it is closed */
    public static PostgresServer start(Path directory) throws IOException {
        var postgres = new PostgresServer(directory.resolve("postgres"), FreePorts.next());
        postgres.start();
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::closeAfterItsClients));
        return postgres;
    }

    /** Starts it again after {@link #kill} or {@link #close}; it recovers by itself what it had acknowledged. */
    public void start() throws IOException {
        server = EmbeddedPostgres.builder().setPort(port).setDataDirectory(data).setCleanDataDirectory(false)
                .setRegisterShutdownHook(false).setPGStartupWait(PATIENCE)
                .setServerConfig("fsync", "on").setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on").setServerConfig("max_connections", "600")
                .start();
    }

    /** As {@code kill -9} of the server does: every connection breaks, nothing is flushed. */
    public void kill() throws IOException {
        ProcessHandle postmaster = ProcessHandle.of(postmasterId()).orElseThrow();
        var children = postmaster.children().toList();
        postmaster.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(postmaster);
        children.forEach(PostgresServer::awaitEnd);
        // Finds nobody to stop, and gives up its lock on the data.
        server.close();
    }

    /** Makes an empty database. */
    public void create(String database) {
        execute("CREATE DATABASE " + database);
    }

    /** Makes a database that holds what another one does, to which nobody is connected. */
    public void copy(String database, String copy) {
        execute("CREATE DATABASE " + copy + " TEMPLATE " + database);
    }

    private void execute(String sql) {
        try (var connection = connect(USER); var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Refused: " + sql, e);
        }
    }

    /** @return a new connection of its superuser */
    public Connection connect(String database) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", USER);
        return DriverManager.getConnection(url(database), properties);
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /** Nobody is asked for a password. */
    public String user() {
        return USER;
    }

    /** Stops it in order. */
    @Override
    public void close() throws IOException {
        server.close();
    }

    /** The applications of this virtual machine end at the same time, and would wait for a server that has gone. */
    private void closeAfterItsClients() {
        try {
            await().atMost(PATIENCE).until(() -> !hasClients());
        } catch (Exception e) {
            // It has gone already, or some client stays for ever.
        }
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean hasClients() throws SQLException {
        try (var connection = connect(USER); var statement = connection.createStatement();
                var others = statement.executeQuery("SELECT 1 FROM pg_stat_activity WHERE"
                        + " backend_type = 'client backend' AND pid <> pg_backend_pid()")) {
            return others.next();
        }
    }

    private long postmasterId() throws IOException {
        return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while PostgreSQL dies", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("PostgreSQL does not die", e);
        }
    }
}
