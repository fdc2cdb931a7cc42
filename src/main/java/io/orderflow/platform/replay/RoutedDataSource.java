package io.orderflow.platform.replay;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The application's store; but a thread may be sent to another one for a while, with all the code that it runs. */
final class RoutedDataSource extends DelegatingDataSource {

    private final ThreadLocal<DataSource> routeTo = new ThreadLocal<>();

    RoutedDataSource(DataSource store) {
        super(store);
    }

    /** Has this thread work on another store; outside of transactions, which keep the connection that they have. */
    void routeTo(DataSource other, Runnable work) {
        routeTo.set(other);
        try {
            work.run();
        } finally {
            routeTo.remove();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        DataSource other = routeTo.get();
        return other == null ? super.getConnection() : other.getConnection();
    }
}
