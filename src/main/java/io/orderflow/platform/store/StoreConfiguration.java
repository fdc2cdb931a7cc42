package io.orderflow.platform.store;

import java.sql.Connection;
import java.sql.SQLException;
import io.orderflow.platform.spi.Retention;
import java.time.Duration;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.deadletter.jdbc.DeadLetterSchema;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jpa.SQLStateResolver;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Axon's JDBC stores on the application's one data source; why each default is replaced stands in docs/adr/0002. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    private static final int EVENTS_PER_READ = 200;
    private static final int GAPS_BEFORE_TIMES_ARE_READ = 250;
    private static final int GAPS_BEFORE_LOCKS_ARE_READ = 10;
    private static final String UNIQUE_VIOLATION = "23505";

    /** Not Axon's unit-of-work wrapper: it rolls outer work back when a nested command fails. */
    @Bean
    ConnectionProvider connectionProvider(DataSource dataSource) {
        return new SpringDataSourceConnectionProvider(dataSource);
    }

    /** By SQL state, because Axon's default sees no duplicate in a failed batch of H2 or PostgreSQL. */
    @Bean
    PersistenceExceptionResolver persistenceExceptionResolver() {
        return new SQLStateResolver(UNIQUE_VIOLATION);
    }

    /** The files beside an embedded store. */
    @Bean
    Retention backupRetention(@Value("${orderflow.retention.backups:30d}") Duration keep, EmbeddedBackup backups) {
        return new Retention("backups", keep, backups::deleteBefore);
    }

    @Bean
    EventSchema eventSchema() {
        return Schemas.events();
    }

    @Bean
    TokenSchema tokenSchema() {
        return Schemas.tokens();
    }

    @Bean
    DeadLetterSchema deadLetterSchema() {
        return Schemas.deadLetters();
    }

    /**
     * Waits for an event whose number is missing as long as the transaction that was given it can be open, however many
     * events have followed: PostgreSQL tells, and with H2 there is no other node, so that time tells.
     *
     * @param gapTimeout how long a missing number is waited for on H2: far longer than any transaction
     */
    @Bean
    @ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "false", matchIfMissing = true)
    EventStorageEngine eventStorageEngine(Serializer serializer,
            @Qualifier("eventSerializer") Serializer eventSerializer, ConnectionProvider connections,
            TransactionManager transactions, PersistenceExceptionResolver duplicates, EventSchema schema,
            org.axonframework.config.Configuration axon, DataSource dataSource,
            @Value("${orderflow.store.gap-timeout:1h}") Duration gapTimeout) throws SQLException {
        boolean postgres = isPostgres(dataSource);
        return JdbcEventStorageEngine.builder()
                .snapshotSerializer(serializer)
                .eventSerializer(eventSerializer)
                .upcasterChain(axon.upcasterChain())
                .snapshotFilter(axon.snapshotFilter())
                .connectionProvider(connections)
                .transactionManager(transactions)
                .persistenceExceptionResolver(duplicates)
                .schema(schema)
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
     * Before anything claims something under the node's id.
     *
     * @param migrated has the tables made first
     */
    @Bean
    NodeRegistration nodeRegistration(DataSource dataSource, JdbcClient migrated,
            @Value("${orderflow.node-id}") String nodeId, ConfigurableApplicationContext application)
            throws SQLException, InterruptedException {
        return NodeRegistration.register(dataSource, nodeId, application::close);
    }

    /** @param registered releases first what dead nodes had claimed */
    @Bean
    TokenStore tokenStore(ConnectionProvider connections, Serializer serializer, TokenSchema schema,
            @Value("${orderflow.node-id}") String nodeId, NodeRegistration registered) {
        return JdbcTokenStore.builder().connectionProvider(connections).schema(schema).serializer(serializer)
                .claimTimeout(Duration.ofSeconds(10)).nodeId(nodeId).build();
    }
}
