package io.orderflow.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.byteman.agent.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * The short form of the chaos test; {@code docs/reliability.md} has the command for the long one.
 *
 * <p>{@code chaos.store} ({@code h2} or {@code postgres}), {@code chaos.kills} and {@code chaos.stops} on each,
 * {@code chaos.seed} and {@code chaos.seconds} (how long a life lasts at most) change it. What a run leaves stays in its
 * directory when it fails.
 */
class ChaosIT {

    private static final int KILLS = Integer.getInteger("chaos.kills", 2);
    private static final int STOPS = Integer.getInteger("chaos.stops", 3);
    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
    private static final Duration LONGEST = Duration.ofSeconds(Integer.getInteger("chaos.seconds", 3));

    @Test
    @DisabledIfSystemProperty(named = "chaos.store", matches = "postgres")
    void nothing_acknowledged_is_lost_on_the_embedded_store() throws Exception {
        Path directory = Files.createTempDirectory("orderflow-chaos-h2");
        try (var store = Store.h2(directory)) {
            survives(directory, store);
        }
    }

    @Test
    @DisabledIfSystemProperty(named = "chaos.store", matches = "h2")
    void nothing_acknowledged_is_lost_on_postgresql() throws Exception {
        Path directory = Files.createTempDirectory("orderflow-chaos-postgres");
        try (var store = Store.postgres(directory)) {
            survives(directory, store);
        }
    }

    private static void survives(Path directory, Store store) throws Exception {
        Path agent = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var plan = new ChaosRun.Plan(Path.of(System.getProperty("orderflow.jar")), agent, SEED, KILLS, STOPS, LONGEST);
        var report = new ChaosRun(plan, directory, store).run();
        System.out.println(report);
        assertThat(report.history().violations()).as("%s, everything is in %s", report, directory).isEmpty();
        assertThat(report.stopFailures()).as("%s, everything is in %s", report, directory).isEmpty();
        assertThat(report.check()).as("%s, everything is in %s", report, directory).isZero();
        assertThat(report.history().acknowledged()).isGreaterThan(2 * (KILLS + STOPS));
    }
}
