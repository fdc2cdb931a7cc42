package io.orderflow.platform.store;

import io.orderflow.platform.spi.Durability;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/** Finds out how the configured store keeps what it acknowledges, and refuses one that does not (docs/adr/0008). */
@Configuration(proxyBeanMethods = false)
class DurabilityConfiguration {

    /** What PostgreSQL must not be told, because it would acknowledge what a crash takes back. */
    private static final List<String> NEVER_OFF = List.of("synchronous_commit", "fsync", "full_page_writes");

    /** What the operator asks of the store. */
    enum Level {
        /** Nothing that was acknowledged is ever lost. */
        REQUIRED,
        /** Nobody waits for the disk, and any store will do: for tests and comparisons. */
        BEST_EFFORT
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static StoreAvailability storeAvailability() {
        return new StoreAvailability();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static WriteGate writeGate(StoreAvailability availability) {
        return new WriteGate(() -> availability.unwritable().isPresent());
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static OutageLog outageLog(StoreAvailability availability) {
        return OutageLog.install(availability);
    }

    /** @param log has to be there before the first connection is asked for */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static StoreGating storeGating(WriteGate gate, StoreAvailability availability, OutageLog log) {
        return new StoreGating(gate, availability);
    }

    @Bean
    Durability durability(DataSource dataSource, WriteGate gate, StoreAvailability availability,
            @Value("${orderflow.store.durability:required}") Level level) throws SQLException {
        if (level == Level.BEST_EFFORT) {
            return () -> { };
        }
        try (Connection connection = dataSource.getConnection()) {
            return switch (connection.getMetaData().getDatabaseProductName()) {
                case "H2" -> h2(connection, dataSource, gate, availability);
                case "PostgreSQL" -> postgres(connection, availability);
                default -> throw new LossyStoreException("The store is a %s, of which nobody knows what it keeps"
                        .formatted(connection.getMetaData().getDatabaseProductName()),
                        "Use an H2 file (jdbc:h2:retry:./data/orderflow) or PostgreSQL.");
            };
        }
    }

    private static Durability h2(Connection connection, DataSource dataSource, WriteGate gate,
            StoreAvailability availability) throws SQLException {
        var store = H2Store.of(connection);
        if (!store.isOnDisk()) {
            throw new LossyStoreException("The store '%s' is in memory and gone with the process"
                    .formatted(connection.getMetaData().getURL()),
                    "Use an H2 file (jdbc:h2:retry:./data/orderflow) or PostgreSQL.");
        }
        return GroupCommit.start(new H2Flush(dataSource, gate, availability), availability);
    }

    /** Each commit is on the disk when PostgreSQL acknowledges it, unless it was told otherwise. */
    private static Durability postgres(Connection connection, StoreAvailability availability) throws SQLException {
        availability.isOnServer();
        for (String setting : NEVER_OFF) {
            try (var statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SHOW " + setting)) {
                row.next();
                if (row.getString(1).equals("off")) {
                    throw new LossyStoreException("PostgreSQL has %s = off and would lose acknowledged commits"
                            .formatted(setting), "Set %s = on in PostgreSQL.".formatted(setting));
                }
            }
        }
        return () -> { };
    }
}
