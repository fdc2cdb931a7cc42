package io.orderflow.audit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Opens connections for audits. Those of the application have a statement timeout, which an audit can exceed. */
final class Snapshots {

    /** {@code org.h2.engine.Constants.TRANSACTION_SNAPSHOT}: JDBC has no name for it. */
    private static final int H2_SNAPSHOT = 6;

    private final String url;
    private final String user;
    private final String password;

    Snapshots(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /** A read-only transaction that sees the store as of its first statement. */
    Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(url, user, password);
        try {
            boolean h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
            if (h2) {
                try (var statement = connection.createStatement()) {
                    statement.execute("SET QUERY_TIMEOUT 0");
                    statement.execute("SET LAZY_QUERY_EXECUTION 1");
                }
            }
            connection.setTransactionIsolation(h2 ? H2_SNAPSHOT : Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
