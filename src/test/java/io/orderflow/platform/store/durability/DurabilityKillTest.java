package io.orderflow.platform.store.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.platform.store.durability.DurabilityConfiguration.Level;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Repeatedly kills a process that writes, and looks for lost durable commits and for halves of transactions.
 *
 * <p>{@code ./mvnw test -Dtest=DurabilityKillTest -Ddurability.kills=100} kills more often.
 */
class DurabilityKillTest {

    private static final int KILLS = Integer.getInteger("durability.kills", 4);

    @TempDir
    Path data;

    @Test
    void group_commit_loses_no_commit_that_was_awaited() throws Exception {
        assertThat(lostOver(KILLS, Level.REQUIRED)).isZero();
    }

    /** Shows that the test can fail. */
    @Test
    void h2_by_default_loses_acknowledged_commits() throws Exception {
        assertThat(lostOver(2, Level.BEST_EFFORT)).isPositive();
    }

    private long lostOver(int kills, Level level) throws Exception {
        long lost = 0;
        long torn = 0;
        long acknowledged = 0;
        for (int kill = 0; kill < kills; kill++) {
            String url = "jdbc:h2:retry:" + data.resolve("store-" + kill + level)
                    + ";DB_CLOSE_ON_EXIT=FALSE";
            Map<Integer, Integer> durable = writeUntilKilled(url, level);
            acknowledged += durable.values().stream().mapToInt(Integer::intValue).sum();
            try (var connection = DriverManager.getConnection(url, "sa", "")) {
                lost += lost(connection, durable);
                torn += torn(connection);
            }
        }
        System.out.printf(Locale.ROOT, "%s: %d commits acknowledged, %d lost, %d torn over %d kills%n", level, acknowledged,
                lost, torn, kills);
        return lost + torn;
    }

    /** The highest number that each thread had reported as durable before the kill. */
    private static Map<Integer, Integer> writeUntilKilled(String url, Level level) throws Exception {
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), KilledWriter.class.getName(), url, level.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Map<Integer, Integer> durable = new ConcurrentHashMap<>();
        var reading = CompletableFuture.runAsync(() -> read(process, durable));
        while (process.isAlive() && durable.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(300, 1200));
        process.destroyForcibly().waitFor();
        reading.get(60, TimeUnit.SECONDS);
        return durable;
    }

    private static void read(Process process, Map<Integer, Integer> durable) {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                if (words.length == 2) {
                    durable.put(Integer.valueOf(words[0]), Integer.valueOf(words[1]));
                }
            }
        } catch (IOException torn) {
            // the process was killed in the middle of a word
        }
    }

    private static long lost(Connection connection, Map<Integer, Integer> durable) throws SQLException {
        long lost = 0;
        for (int thread = 0; thread < KilledWriter.THREADS; thread++) {
            int last = number(connection, "SELECT COALESCE(MAX(number), 0) FROM one WHERE thread = " + thread);
            lost += Math.max(0, durable.getOrDefault(thread, 0) - last);
        }
        return lost;
    }

    /** The number of transactions that are stored in part. */
    private static long torn(Connection connection) throws SQLException {
        return number(connection, """
                SELECT COUNT(*) FROM (
                  SELECT thread, number FROM one GROUP BY thread, number HAVING COUNT(*) <> %1$d
                  UNION SELECT thread, number FROM two GROUP BY thread, number HAVING COUNT(*) <> %1$d
                  UNION (SELECT thread, number FROM one EXCEPT SELECT thread, number FROM two)
                  UNION (SELECT thread, number FROM two EXCEPT SELECT thread, number FROM one))"""
                .formatted(KilledWriter.PARTS));
    }

    private static int number(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }
}
