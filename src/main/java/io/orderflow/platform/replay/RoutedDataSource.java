package io.orderflow.platform.replay;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The application's store; but a thread may be sent to another one for a while, with all the code that it runs. */
final class RoutedDataSource extends DelegatingDataSource {

    private final ThreadLocal<DataSource> detour = new ThreadLocal<>();

    RoutedDataSource(DataSource store) {
        super(store);
    }

    /** Has this thread work on another store; outside of transactions, which keep the connection that they have. */
    void detour(DataSource other, Runnable work) {
        detour.set(other);
        try {
            work.run();
        } finally {
            detour.remove();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        DataSource other = detour.get();
        return other == null ? super.getConnection() : other.getConnection();
    }
}
