package io.orderflow.platform.store.durability;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.platform.spi.Durability;
import io.orderflow.platform.spi.Retention;
import io.orderflow.platform.store.availability.OutageLog;
import io.orderflow.platform.store.availability.StoreAvailability;
import io.orderflow.platform.store.startup.StoreRefusedException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.PriorityOrdered;

/** Determines how the configured database makes commits durable, and refuses one that does not (docs/adr/0008). */
@Configuration(proxyBeanMethods = false)
class DurabilityConfiguration {

    static final String DURABLE_STORES = "Use an H2 file (jdbc:h2:retry:./data/orderflow) or PostgreSQL.";

    /** With one of these settings off, PostgreSQL acknowledges commits that a crash loses. */
    private static final List<String> NEVER_OFF = List.of("synchronous_commit", "fsync", "full_page_writes");
    private static final String EMBEDDED = "jdbc:h2:";

    /** The value of {@code orderflow.store.durability}. */
    enum Level {
        /** No acknowledged commit is ever lost. */
        REQUIRED,
        /** No caller waits for the disk, and any database is accepted: for tests and comparisons. */
        BEST_EFFORT
    }

    static StoreRefusedException refused(String problem, String remedy) {
        return new StoreRefusedException(problem, remedy + System.lineSeparator()
                + "If losing orders and payments is acceptable here, configure"
                + " --orderflow.store.durability=best-effort");
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static StoreAvailability storeAvailability() {
        return new StoreAvailability();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static WriteGate writeGate(StoreAvailability availability) {
        return new WriteGate(() -> !availability.isWritable());
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static OutageLog outageLog(StoreAvailability availability) {
        return OutageLog.install(availability);
    }

    /**
     * Puts the gate before the embedded store; PostgreSQL keeps transactions whole by itself.
     *
     * @param log has to be installed before the first connection is opened
     */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static BeanPostProcessor gatedDataSource(WriteGate gate, StoreAvailability availability, OutageLog log) {
        RetryingFiles.register();
        return new Gating(gate, availability);
    }

    /** Comes before other post-processors, which may wrap the pool. */
    private record Gating(WriteGate gate, StoreAvailability availability) implements BeanPostProcessor, PriorityOrdered {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof HikariDataSource pool && String.valueOf(pool.getJdbcUrl()).startsWith(EMBEDDED)
                    ? new GatedDataSource(pool, gate, availability) : bean;
        }

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }
    }

    @Bean
    Durability durability(DataSource dataSource, WriteGate gate, StoreAvailability availability,
            @Value("${orderflow.store.durability:required}") Level level) throws SQLException {
        if (level == Level.BEST_EFFORT) {
            return () -> { };
        }
        try (Connection connection = dataSource.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            return switch (product) {
                case "H2" -> h2(connection, dataSource, gate, availability);
                case "PostgreSQL" -> postgres(connection, availability);
                default -> throw refused("The store is a %s, whose durability is unknown".formatted(product),
                        DURABLE_STORES);
            };
        }
    }

    private static Durability h2(Connection connection, DataSource dataSource, WriteGate gate,
            StoreAvailability availability) throws SQLException {
        if (!H2Store.of(connection).isOnDisk()) {
            throw refused("The store '%s' is in memory and is lost with the process"
                    .formatted(connection.getMetaData().getURL()), DURABLE_STORES);
        }
        return new GroupCommit(new H2Flush(dataSource, gate, availability), availability);
    }

    /** PostgreSQL acknowledges a commit when it is on disk, unless a setting is off. */
    private static Durability postgres(Connection connection, StoreAvailability availability) throws SQLException {
        availability.setOnServer();
        for (String setting : NEVER_OFF) {
            try (var statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SHOW " + setting)) {
                row.next();
                if (row.getString(1).equals("off")) {
                    throw refused("PostgreSQL has %s = off and would lose acknowledged commits".formatted(setting),
                            "Set %s = on in PostgreSQL.".formatted(setting));
                }
            }
        }
        return () -> { };
    }

    /** Backups and other files beside an embedded store. */
    @Bean
    Retention backupRetention(@Value("${orderflow.retention.backups:30d}") Duration keep, EmbeddedBackup backups) {
        return new Retention("backups", keep, backups::deleteBefore);
    }
}
