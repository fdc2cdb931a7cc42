package io.orderflow.platform.store.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.platform.spi.Durability;
import io.orderflow.platform.store.availability.StoreAvailability;
import io.orderflow.platform.store.durability.DurabilityConfiguration.Level;
import io.orderflow.platform.store.startup.StoreRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The guarantees of each kind of store; the chaos test checks them under {@code kill -9}. */
class DurabilityTest {

    @TempDir
    Path data;

    @Test
    void an_awaited_commit_is_in_a_copy_of_the_file_and_a_later_one_need_not_be() throws Exception {
        var pool = pool(file("WRITE_DELAY=60000"));
        var jdbc = new JdbcTemplate(pool);
        jdbc.execute("CREATE TABLE fact (id INT PRIMARY KEY)");
        Durability durability = durability(pool);
        for (int id = 0; id < 500; id++) {
            jdbc.update("INSERT INTO fact VALUES (?)", id);
            if (id % 50 == 0) {
                durability.awaitDurable();
                assertThat(rowsIn(copy(id))).isGreaterThan(id);
            }
        }
        int later = rowsIn(copy(500));
        assertThat(later).as("nobody has waited for the last").isBetween(451, 500);
        ((GroupCommit) durability).close();
        pool.dispose();
    }

    /** H2 writes by itself when much is unsaved; a chunk on its way to the file must not count as written. */
    @Test
    void waits_for_writes_that_are_on_their_way_to_a_slow_disk() throws Exception {
        SlowFiles.register();
        var pool = pool("jdbc:h2:slow:" + data.resolve("store") + ";DB_CLOSE_ON_EXIT=FALSE");
        var jdbc = new JdbcTemplate(pool);
        jdbc.execute("CREATE TABLE fact (id INT PRIMARY KEY)");
        Durability durability = durability(pool);
        SlowFiles.setMillisPerWrite(200);
        for (int id = 0; id < 5; id++) {
            jdbc.update("INSERT INTO fact VALUES (?)", id);
            try (var connection = pool.getConnection()) {
                H2Store.of(connection).pages().tryCommit();
            }
            durability.awaitDurable();
            assertThat(rowsIn(copy(id))).isEqualTo(id + 1);
        }
        SlowFiles.setMillisPerWrite(0);
        ((GroupCommit) durability).close();
        pool.dispose();
    }

    /** H2's own thread would write at any moment, also while statements run. */
    @Test
    void h2_writes_nothing_by_itself_whatever_the_url_says() throws Exception {
        for (String delay : new String[] {"WRITE_DELAY=0", "WRITE_DELAY=1", ""}) {
            var pool = pool(file(delay));
            Durability durability = durability(pool);
            durability.awaitDurable();

            ((GroupCommit) durability).close();
            var before = Files.getLastModifiedTime(data.resolve("store.mv.db"));
            var jdbc = new JdbcTemplate(pool);
            jdbc.execute("CREATE TABLE fact (id INT PRIMARY KEY)");
            for (int id = 0; id < 100; id++) {
                jdbc.update("INSERT INTO fact VALUES (?)", id);
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertThat(Files.getLastModifiedTime(data.resolve("store.mv.db"))).as(delay).isEqualTo(before);
            jdbc.execute("DROP TABLE fact");
            pool.dispose();
        }
    }

    @Test
    void the_file_is_kept_small_while_rows_come_and_go() throws Exception {
        var pool = pool(file(""));
        var jdbc = new JdbcTemplate(pool);
        jdbc.execute("SET RETENTION_TIME 0");
        jdbc.execute("CREATE TABLE comes_and_goes (id INT PRIMARY KEY, text VARCHAR(2000))");
        jdbc.execute("CREATE TABLE stays (id INT PRIMARY KEY, text VARCHAR(20000))");
        Durability durability = durability(pool);
        for (int round = 0; round < 60; round++) {
            jdbc.update("MERGE INTO comes_and_goes SELECT x, RANDOM_UUID() || SPACE(1000) FROM SYSTEM_RANGE(1, 1000)");
            jdbc.update("INSERT INTO stays VALUES (?, RANDOM_UUID() || SPACE(18000))", round);
            durability.awaitDurable();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(Files.size(data.resolve("store.mv.db"))).as("bytes, of 60 MB written").isLessThan(20_000_000);
        ((GroupCommit) durability).close();
        pool.dispose();
    }

    /** Otherwise H2 would compact for up to a fifth of a second, without the guarantees of the flushes. */
    @Test
    void closing_a_store_does_not_compact_its_file() throws Exception {
        assertThat(blocksMovedByClosing(EmbeddedStoreUrl.complete(file("")))).isZero();
        assertThat(blocksMovedByClosing(file(""))).as("by H2 itself: the test can fail").isPositive();
    }

    /** By how many blocks the file shrinks when a store is closed whose rows were mostly deleted. */
    private long blocksMovedByClosing(String url) throws Exception {
        Path file = data.resolve("store.mv.db");
        var pool = pool(url);
        var jdbc = new JdbcTemplate(pool);
        jdbc.execute("CREATE TABLE much (id INT PRIMARY KEY, text VARCHAR(2000))");
        for (int part = 0; part < 10; part++) {
            jdbc.update("INSERT INTO much SELECT x + ?, RANDOM_UUID() || SPACE(1000) FROM SYSTEM_RANGE(1, 1000)",
                    1000 * part);
            jdbc.execute("CHECKPOINT SYNC");
        }
        jdbc.update("DELETE FROM much WHERE id < 9000");
        jdbc.execute("CHECKPOINT SYNC");
        long before = Files.size(file);
        pool.dispose();
        long after = Files.size(file);
        Files.delete(file);
        return (before - after) / 4096;
    }

    @Test
    void a_store_in_memory_is_refused() {
        for (String url : new String[] {"jdbc:h2:mem:lossy", "jdbc:h2:memFS:lossy", "jdbc:h2:nioMemLZF:lossy"}) {
            assertThatThrownBy(() -> durability(new DriverManagerDataSource(url, "sa", "")))
                    .as(url).isInstanceOf(StoreRefusedException.class).hasMessageContaining("in memory");
        }
    }

    @Test
    void a_lossy_store_is_accepted_when_configured() {
        assertThatCode(() -> new DurabilityConfiguration()
                .durability(new DriverManagerDataSource("jdbc:h2:mem:lossy", "sa", ""), new WriteGate(() -> false),
                        new StoreAvailability(), Level.BEST_EFFORT)
                .awaitDurable()).doesNotThrowAnyException();
    }

    private static Durability durability(DataSource store) throws SQLException {
        return new DurabilityConfiguration().durability(store, new WriteGate(() -> false), new StoreAvailability(),
                Level.REQUIRED);
    }

    private JdbcConnectionPool pool(String url) {
        return JdbcConnectionPool.create(url, "sa", "");
    }

    private String file(String settings) {
        return "jdbc:h2:retry:" + data.resolve("store") + ";DB_CLOSE_ON_EXIT=FALSE;" + settings;
    }

    /** A copy of the file as a crash would leave it now. */
    private Path copy(int number) throws Exception {
        return Files.copy(data.resolve("store.mv.db"), data.resolve("copy-" + number + ".mv.db"));
    }

    private static int rowsIn(Path copy) throws SQLException {
        String url = "jdbc:h2:" + copy.toString().replace(".mv.db", "");
        try (var connection = DriverManager.getConnection(url, "sa", "");
                var rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM fact")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
