package io.orderflow.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.packaged.ApplicationProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Measures the packaged application from outside, over HTTP: start-up, how soon one order after the other is confirmed
 * on an idle system, and how many orders a second are placed and confirmed under load.
 *
 * <p>{@code docs/benchmarks.md} has the command, the meaning of the figures, and what was measured.
 */
public final class OrderBenchmark {

    private static final int WARM_UP = 500;
    private static final int IDLE_ORDERS = 100;

    private final int orders = Integer.getInteger("benchmark.orders", 5_000);
    private final int clients = Integer.getInteger("benchmark.clients", 16);

    private OrderBenchmark() {
    }

    public static void main(String... arguments) throws Exception {
        Path jar = Path.of(System.getProperty("orderflow.jar"));
        Path data = Files.createTempDirectory("orderflow-benchmark");
        try (var application = ApplicationProcess.start(jar, data)) {
            new OrderBenchmark().run(application);
        }
    }

    private void run(ApplicationProcess application) throws Exception {
        print("start-up until ready                   %,d ms", application.startUp().toMillis());
        var shop = new ShopClient(application.url());
        print("first order, from start to confirmed   %,d ms", firstOrder(application, shop).toMillis());
        var load = new Load(shop, clients);
        load.receiveStock();
        load.place("warm-up", WARM_UP);
        long[] idle = idle(shop);
        print("idle, one order after the other        %d ms median, %d ms p95 to confirmed (%d orders)",
                percentile(idle, 50), percentile(idle, 95), IDLE_ORDERS);
        Duration cpuBefore = application.cpu();
        Load.Run run = load.place("load", orders);
        print("load, %,d orders by %d clients         %.0f orders/s until all are confirmed, %.0f/s accepted",
                orders, clients, run.confirmedPerSecond(), run.acceptedPerSecond());
        print("                                       %d ms p50, %d ms p99 to confirmed; POST %d ms p50, %d ms p99",
                percentile(run.toConfirmed(), 50), percentile(run.toConfirmed(), 99),
                percentile(run.posts(), 50), percentile(run.posts(), 99));
        print("                                       %.1f ms CPU of the server per order",
                application.cpu().minus(cpuBefore).toMillis() / (double) orders);
    }

    private static Duration firstOrder(ApplicationProcess application, ShopClient shop) throws Exception {
        String sku = shop.anySku();
        String status = shop.place("first", List.of(sku), Duration.ofSeconds(10)).path("status").asText();
        if (!status.equals("confirmed")) {
            throw new IllegalStateException("The first order is " + status);
        }
        return Duration.between(application.started(), Instant.now());
    }

    private static long[] idle(ShopClient shop) throws Exception {
        var random = new Random(1);
        long[] millis = new long[IDLE_ORDERS];
        for (int order = 0; order < IDLE_ORDERS; order++) {
            long start = System.nanoTime();
            JsonNode placed = shop.place("idle-" + order, Load.twoSkus(random), Duration.ofSeconds(10));
            millis[order] = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            if (!placed.path("status").asText().equals("confirmed")) {
                throw new IllegalStateException("Not confirmed within 10 s: " + placed);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return millis;
    }

    private static long percentile(long[] values, int percent) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private static void print(String format, Object... figures) {
        System.out.printf(Locale.ROOT, format + "%n", figures);
    }
}
