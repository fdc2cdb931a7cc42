package io.orderflow.platform.store;

import io.orderflow.platform.store.node.NodeRegistration;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.deadletter.jdbc.DeadLetterSchema;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jpa.SQLStateResolver;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Axon's JDBC stores on the application's data source; docs/adr/0002 says why each default is replaced. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    private static final int EVENTS_PER_READ = 200;
    private static final int GAPS_BEFORE_TIMES_ARE_READ = 250;
    private static final int GAPS_BEFORE_LOCKS_ARE_READ = 10;
    private static final String UNIQUE_VIOLATION = "23505";

    /** Used for everything that is stored or sent; Axon takes it for events and messages, too. */
    @Bean
    @Primary
    Serializer serializer() {
        return StoredNameSerializer.create();
    }

    /** Without Axon's unit-of-work wrapper, which rolls back the outer work when a nested command fails. */
    @Bean
    ConnectionProvider connectionProvider(DataSource dataSource) {
        return new SpringDataSourceConnectionProvider(dataSource);
    }

    /** By SQL state, because Axon's default does not recognize a duplicate in a failed batch of H2 or PostgreSQL. */
    @Bean
    PersistenceExceptionResolver persistenceExceptionResolver() {
        return new SQLStateResolver(UNIQUE_VIOLATION);
    }

    @Bean
    DeadLetterSchema deadLetterSchema() {
        return Schemas.deadLetters();
    }

    /**
     * Waits for a missing event number as long as its transaction may be open, however many events follow. PostgreSQL
     * tells which transactions are open; on H2, with a single node, elapsed time decides.
     *
     * @param gapTimeout how long a missing number is waited for on H2: far longer than any transaction
     */
    @Bean
    @ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "false", matchIfMissing = true)
    EventStorageEngine eventStorageEngine(Serializer serializer, ConnectionProvider connections,
            TransactionManager transactions, PersistenceExceptionResolver duplicates,
            org.axonframework.config.Configuration axon, DataSource dataSource,
            @Value("${orderflow.store.gap-timeout:1h}") Duration gapTimeout) throws SQLException {
        boolean postgres = isPostgres(dataSource);
        return JdbcEventStorageEngine.builder()
                .snapshotSerializer(serializer)
                .eventSerializer(serializer)
                .upcasterChain(axon.upcasterChain())
                .snapshotFilter(axon.snapshotFilter())
                .connectionProvider(connections)
                .transactionManager(transactions)
                .persistenceExceptionResolver(duplicates)
                .schema(Schemas.events())
                .batchSize(EVENTS_PER_READ)
                .finalAggregateBatchPredicate(batch -> batch.size() < EVENTS_PER_READ)
                .maxGapOffset(Integer.MAX_VALUE)
                .gapTimeout(postgres ? Integer.MAX_VALUE : Math.toIntExact(gapTimeout.toMillis()))
                .gapCleaningThreshold(postgres ? GAPS_BEFORE_LOCKS_ARE_READ : GAPS_BEFORE_TIMES_ARE_READ)
                .readEventDataWithGaps(EventsWithGaps::prepare)
                .cleanGaps(postgres ? new SettledGaps()::behind : EventsWithGaps::around)
                .build();
    }

    private static boolean isPostgres(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        }
    }

    /**
     * Registers the node before anything is claimed under its id.
     *
     * @param migrated makes sure that the tables exist
     */
    @Bean
    NodeRegistration nodeRegistration(DataSource dataSource, JdbcClient migrated,
            @Value("${orderflow.node-id}") String nodeId, ConfigurableApplicationContext application)
            throws SQLException, InterruptedException {
        return NodeRegistration.register(dataSource, nodeId, application::close);
    }

    /** @param registered has released the claims of dead nodes */
    @Bean
    TokenStore tokenStore(ConnectionProvider connections, Serializer serializer,
            @Value("${orderflow.node-id}") String nodeId, NodeRegistration registered) {
        return JdbcTokenStore.builder().connectionProvider(connections).schema(Schemas.tokens()).serializer(serializer)
                .claimTimeout(Duration.ofSeconds(10)).nodeId(nodeId).build();
    }
}
