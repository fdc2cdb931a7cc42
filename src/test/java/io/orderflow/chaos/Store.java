package io.orderflow.chaos;

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
                return DriverManager.getConnection(url, "sa", "");
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
}
