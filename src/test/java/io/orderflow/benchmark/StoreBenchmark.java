package io.orderflow.benchmark;

import io.orderflow.packaged.ApplicationProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares what durability costs on H2, in one run: the same load on each way of writing, one after the other and round
 * after round, so that what else the machine does touches all of them.
 *
 * <p>{@code docs/benchmarks.md} has the command and what was measured.
 */
public final class StoreBenchmark {

    private static final int WARM_UP = 500;

    /** How H2 writes what is committed. */
    private enum Way {
        /** One flush for all who wait, with fsync: what is shipped. */
        GROUP_COMMIT("", "required"),
        /** A write for each commit, without fsync. */
        EACH_COMMIT(";WRITE_DELAY=0", "best-effort"),
        /** H2's default: half a second later; loses acknowledged orders. */
        LOSSY("", "best-effort");

        private final String settings;
        private final String durability;

        Way(String settings, String durability) {
            this.settings = settings;
            this.durability = durability;
        }
    }

    private record Figures(double confirmed, double accepted, double cpuMillis) {
    }

    private final int orders = Integer.getInteger("benchmark.orders", 3_000);
    private final int clients = Integer.getInteger("benchmark.clients", 16);
    private final int rounds = Integer.getInteger("benchmark.rounds", 3);
    private final Map<Way, List<Figures>> figures = new EnumMap<>(Way.class);

    private StoreBenchmark() {
    }

    public static void main(String... arguments) throws Exception {
        new StoreBenchmark().run(Path.of(System.getProperty("orderflow.jar")));
    }

    private void run(Path jar) throws Exception {
        System.out.printf(Locale.ROOT, "%,d orders by %d clients, %d rounds%n", orders, clients, rounds);
        for (int round = 0; round < rounds; round++) {
            for (Way way : Way.values()) {
                measure(jar, way);
            }
        }
        double lossy = median(Way.LOSSY);
        for (Way way : Way.values()) {
            System.out.printf(Locale.ROOT, "%-13s median %.0f orders/s confirmed, %.2f of lossy%n", way, median(way),
                    median(way) / lossy);
        }
    }

    private void measure(Path jar, Way way) throws Exception {
        Path data = Files.createTempDirectory("orderflow-benchmark");
        try (var application = ApplicationProcess.start(jar, data,
                "--spring.datasource.url=jdbc:h2:retry:./data/orderflow;LOCK_TIMEOUT=10000;QUERY_TIMEOUT=15000;"
                        + "DB_CLOSE_ON_EXIT=FALSE" + way.settings,
                "--orderflow.store.durability=" + way.durability)) {
            var load = new Load(new ShopClient(application.url()), clients);
            load.receiveStock();
            load.place("warm-up", WARM_UP);
            var cpuBefore = application.cpu();
            Load.Run run = load.place("load", orders);
            var measured = new Figures(run.confirmedPerSecond(), run.acceptedPerSecond(),
                    application.cpu().minus(cpuBefore).toMillis() / (double) orders);
            figures.computeIfAbsent(way, first -> new ArrayList<>()).add(measured);
            System.out.printf(Locale.ROOT, "%-13s %.0f orders/s confirmed, %.0f/s accepted, POST p50 %d ms p99 %d ms, "
                    + "%.1f ms CPU per order%n", way, measured.confirmed, measured.accepted,
                    percentile(run.posts(), 50), percentile(run.posts(), 99), measured.cpuMillis);
        }
    }

    private double median(Way way) {
        double[] sorted = figures.get(way).stream().mapToDouble(Figures::confirmed).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static long percentile(long[] values, int percent) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
