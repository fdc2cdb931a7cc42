package io.orderflow.chaos;

import io.orderflow.packaged.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** Where the application of a run keeps everything. */
interface Store extends AutoCloseable {

    /** The application's options for it. */
    List<String> options();

    /** Its rows; with a store in the application's process only while that is stopped. */
    Connection open() throws SQLException;

    /** Kills the store's own process and starts it again; false where it has none. */
    boolean killAndRestart() throws Exception;

    @Override
    void close() throws Exception;

    /** The file that is shipped. */
    static Store h2(Path directory) {
        String url = "jdbc:h2:retry:" + directory.resolve("orderflow").toAbsolutePath()
                + ";LOCK_TIMEOUT=10000;QUERY_TIMEOUT=15000;DB_CLOSE_ON_EXIT=FALSE";
        return new Store() {

            @Override
            public List<String> options() {
                return List.of("--spring.datasource.url=" + url);
            }

            @Override
            public Connection open() throws SQLException {
                // leaves the file as it is
                return DriverManager.getConnection(url + ";MAX_COMPACT_TIME=0;TRACE_LEVEL_FILE=0", "sa", "");
            }

            @Override
            public boolean killAndRestart() {
                return false;
            }

            @Override
            public void close() {
                // nothing runs
            }
        };
    }

    /** A server that is killed, too. */
    static Store postgres(Path directory) throws IOException {
        var server = PostgresServer.start(directory);
        server.create("orderflow");
        return new Store() {

            @Override
            public List<String> options() {
                return List.of("--spring.profiles.active=postgres", "--spring.datasource.url=" + server.url("orderflow"),
                        "--spring.datasource.username=" + server.user());
            }

            @Override
            public Connection open() throws SQLException {
                return server.connect("orderflow");
            }

            @Override
            public boolean killAndRestart() throws IOException {
                server.kill();
                server.start();
                return true;
            }

            @Override
            public void close() throws IOException {
                server.close();
            }
        };
    }
}
