package io.orderflow.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Many clients that place orders of two lines as fast as they can. */
final class Load {

    private static final int SKUS = 20;
    private static final int UNITS = 1_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ShopClient shop;
    private final int clients;

    Load(ShopClient shop, int clients) {
        this.shop = shop;
        this.clients = clients;
    }

    record Run(Duration accepted, Duration confirmed, int orders, long[] posts, long[] toConfirmed) {

        double acceptedPerSecond() {
            return orders * 1e9 / accepted.toNanos();
        }

        double confirmedPerSecond() {
            return orders * 1e9 / confirmed.toNanos();
        }
    }

    /** Places so many orders at once, and waits until all are confirmed. */
    Run place(String name, int count) throws Exception {
        var pool = Executors.newFixedThreadPool(clients);
        long[] posts = new long[count];
        Instant wallStart = Instant.now();
        long start = System.nanoTime();
        List<Future<?>> work = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            int first = client;
            work.add(pool.submit(() -> {
                var random = new Random(first);
                for (int order = first; order < count; order += clients) {
                    long sent = System.nanoTime();
                    shop.place(name + "-" + order, twoSkus(random), Duration.ZERO);
                    posts[order] = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sent);
                }
                return null;
            }));
        }
        for (Future<?> each : work) {
            each.get();
        }
        Duration accepted = Duration.ofNanos(System.nanoTime() - start);
        pool.shutdown();
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (shop.anyWithStatus("placed")) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("Orders are still not confirmed after " + PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        Duration confirmed = Duration.ofNanos(System.nanoTime() - start);
        return new Run(accepted, confirmed, count, posts, shop.millisToConfirmed(wallStart, count));
    }

    void receiveStock() throws Exception {
        for (int sku = 0; sku < SKUS; sku++) {
            shop.receive("BENCH-" + sku, UNITS);
        }
    }

    static List<String> twoSkus(Random random) {
        return IntStream.generate(() -> random.nextInt(SKUS)).distinct().limit(2).mapToObj(sku -> "BENCH-" + sku)
                .toList();
    }
}
