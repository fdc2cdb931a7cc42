package io.orderflow.platform.store.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.platform.store.availability.StoreAvailability;
import io.orderflow.platform.store.durability.DurabilityConfiguration.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The embedded store while its disk accepts no writes, and after that. */
@Timeout(60)
class FullDiskTest {

    @TempDir
    Path data;

    private final StoreAvailability availability = new StoreAvailability();
    private JdbcConnectionPool pool;
    private GatedDataSource store;
    private GroupCommit durability;

    @BeforeEach
    void open() throws SQLException {
        SlowFiles.register();
        RetryingFiles.register();
        pool = JdbcConnectionPool.create(EmbeddedStoreUrl.complete("jdbc:h2:retry:slow:" + data.resolve("store")), "sa", "");
        var gate = new WriteGate(() -> !availability.isWritable());
        store = new GatedDataSource(pool, gate, availability);
        durability = (GroupCommit) new DurabilityConfiguration().durability(store, gate, availability, Level.REQUIRED);
        new JdbcTemplate(store).execute("CREATE TABLE fact (id INT PRIMARY KEY)");
        insert(1);
        durability.awaitDurable();
    }

    @AfterEach
    void close() throws Exception {
        SlowFiles.setFull(false);
        SlowFiles.setFailingToSync(false);
        durability.close();
        pool.dispose();
        availability.close();
    }

    @Test
    void refuses_at_once_while_the_disk_is_full_and_recovers_with_all_commits() throws Exception {
        try (Connection begun = store.getConnection(); Connection undone = store.getConnection()) {
            begun.setAutoCommit(false);
            undone.setAutoCommit(false);
            begun.createStatement().execute("INSERT INTO fact VALUES (2)");
            undone.createStatement().execute("INSERT INTO fact VALUES (3)");
            SlowFiles.setFull(true);
            insert(4);
            assertThatThrownBy(durability::awaitDurable).isInstanceOf(TransientDataAccessResourceException.class)
                    .hasRootCauseMessage("No space left on device");
            assertThat(availability.unwritable()).isPresent();

            assertThatThrownBy(store::getConnection).isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("No space left on device");
            assertThatThrownBy(() -> begun.createStatement().execute("INSERT INTO fact VALUES (5)"))
                    .isInstanceOf(SQLTransientConnectionException.class);
            assertThatThrownBy(durability::awaitDurable).isInstanceOf(TransientDataAccessResourceException.class);
            begun.commit();
            undone.rollback();
        }

        SlowFiles.setFull(false);
        await().until(() -> availability.unwritable().isEmpty());
        insert(6);
        durability.awaitDurable();

        assertThat(factsAfterACrash()).containsExactly(1, 2, 4, 6);
    }

    @Test
    void closes_in_time_while_the_disk_is_full_and_loses_no_acknowledged_commit() throws Exception {
        SlowFiles.setFull(true);
        insert(2);
        assertThatThrownBy(durability::awaitDurable).isInstanceOf(TransientDataAccessResourceException.class);

        long began = System.nanoTime();
        durability.close();
        pool.dispose();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        SlowFiles.setFull(false);
        assertThat(factsAfterACrash()).contains(1);
    }

    /** The system may have dropped what it could not write, and a second fsync would succeed. */
    @Test
    void acknowledges_nothing_after_a_failed_fsync() throws Exception {
        SlowFiles.setFailingToSync(true);
        insert(2);
        assertThatThrownBy(durability::awaitDurable).isInstanceOf(TransientDataAccessResourceException.class)
                .hasRootCauseMessage("Input/output error");
        SlowFiles.setFailingToSync(false);

        assertThat(availability.isBroken()).isTrue();
        assertThatThrownBy(durability::awaitDurable).isInstanceOf(TransientDataAccessResourceException.class);
        assertThatThrownBy(store::getConnection).isInstanceOf(SQLTransientConnectionException.class);
    }

    private void insert(int id) throws SQLException {
        try (Connection connection = store.getConnection(); var statement = connection.createStatement()) {
            statement.execute("INSERT INTO fact VALUES (" + id + ")");
        }
    }

    private List<Integer> factsAfterACrash() throws Exception {
        Files.copy(data.resolve("store.mv.db"), data.resolve("crashed.mv.db"));
        try (Connection copy = DriverManager.getConnection("jdbc:h2:" + data.resolve("crashed"), "sa", "")) {
            return new JdbcTemplate(new SingleConnectionDataSource(copy, true))
                    .queryForList("SELECT id FROM fact ORDER BY id", Integer.class);
        }
    }
}
