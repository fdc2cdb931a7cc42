package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orderflow.flow.Shop.Line;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five hundred orders against a gateway that drops answers after charging, stalls, stumbles and repeats itself, while
 * customers cancel, banks take their time and goods come back. In the end both ledgers agree.
 */
class AdversaryFlowTest {

    private static final int ORDERS = Integer.getInteger("adversary.orders", 500);
    private static final int CLIENTS = 8;
    private static final long SEED = Long.getLong("adversary.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final String FAULTS = """
            {"seed":%d,"drop_answers":0.3,"duplicate_answers":0.1,"server_errors":0.1,"stalls":0.02,
             "malformed_answers":0.02,"huge_answers":0.01,
             "callbacks":{"lose":0.2,"double":0.2,"reorder":0.2,"delay_at_most":"PT2S"}}""";
    /** Most customers pay; the others are who money gets lost on. */
    private static final List<String> TOKENS = List.of("tok_ok", "tok_ok", "tok_ok", "tok_ok", "tok_ok", "tok_ok",
            "tok_declined", "tok_3ds", "tok_pending", "tok_pending_declined", "tok_refund_pending", "tok_flaky");

    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    @Test
    void both_ledgers_agree_and_nobody_is_charged_twice(@TempDir Path data) throws Exception {
        long started = System.nanoTime();
        System.out.printf(Locale.ROOT, "adversary: seed %d%n", SEED);
        try (var orderflow = RunningOrderflow.start(data, "orderflow.payment.gateway.response-timeout=700ms",
                "orderflow.sandbox.silence=2s", "orderflow.sandbox.pending=1s", "orderflow.sandbox.challenge=1m",
                "resilience4j.retry.configs.gateway.wait-duration=100ms",
                "resilience4j.circuitbreaker.configs.gateway.wait-duration-in-open-state=1s",
                "orderflow.payment.gateway.refund-retry=200ms",
                "orderflow.payment.reconciliation.tolerance=0s")) {
            var shop = orderflow.shop();
            var gateway = new Shop(orderflow.gatewayUrl());
            shop.receive("ADVERSE", 2 * ORDERS);
            gateway.send(gateway.request("/v1/control").header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(FAULTS.formatted(SEED)))).expect(200);

            var clients = Executors.newFixedThreadPool(CLIENTS);
            atOnce(clients, order -> () -> live(shop, gateway, order));
            clients.shutdown();
            settle(shop, gateway);
            orderflow.settle();

            gateway.send(gateway.request("/v1/control").DELETE());
            requireNothingUnknown(shop);
            requireEqualLedgers(shop, gateway);
            requireReconciled(shop);
            requireSound(shop);
            System.out.printf(Locale.ROOT, "adversary: seed %d, %d orders in %d s: %s%n", SEED, ORDERS,
                    Duration.ofNanos(System.nanoTime() - started).toSeconds(), statuses(shop));
        }
    }

    /** One customer's order, from the placing to whatever this customer does with it. */
    private void live(Shop shop, Shop gateway, int number) {
        var chance = new Random(SEED + number);
        String token = TOKENS.get(number % TOKENS.size());
        String id = shop.post("/v1/orders", Shop.order(token, new Line("ADVERSE", 2)), "adverse-" + number)
                .expect(201).id();
        tokens.put(id, token);
        if (chance.nextInt(4) == 0) {
            pause(chance.nextInt(400));
            shop.post("/v1/orders/" + id + "/cancellations", "{\"reason\":\"Changed my mind\"}");
        }
        if (token.equals("tok_3ds")) {
            answerChallenge(shop, gateway, id, chance.nextBoolean());
        }
        if (chance.nextInt(2) == 0) {
            dispatch(shop, id);
        }
        if (chance.nextInt(3) == 0) {
            shop.post("/v1/orders/" + id + "/returns", """
                    {"reason":"Broken","lines":[{"sku":"ADVERSE","quantity":1,"condition":"restock"}]}""");
        }
    }

    private static void dispatch(Shop shop, String id) {
        await().atMost(PATIENCE).until(() -> !shop.get("/v1/orders/" + id).text("status").equals("placed"));
        shop.post("/v1/orders/" + id + "/shipments", "{}");
    }

    private static void answerChallenge(Shop shop, Shop gateway, String order, boolean agree) {
        await().atMost(PATIENCE).until(() -> {
            String status = shop.get("/v1/orders/" + order).text("payment_status");
            return !List.of("none", "requested", "unknown").contains(status)
                    || shop.get("/v1/orders/" + order).text("status").equals("cancelled");
        });
        var payment = shop.get("/v1/payments/pay_" + order.substring(4));
        String url = payment.body().path("next_action").path("url").asText();
        if (!url.isEmpty()) {
            gateway.send(gateway.request(URI.create(url).getPath() + (agree ? "/approve" : "/decline"))
                    .POST(BodyPublishers.noBody()));
        }
    }

    /** Every order ends, by its own or because the shop calls the rest off. */
    private static void settle(Shop shop, Shop gateway) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            for (JsonNode order : orders(shop)) {
                if (order.path("status").asText().equals("confirmed")) {
                    shop.post("/v1/orders/" + order.path("id").asText() + "/cancellations",
                            "{\"reason\":\"The shop closes\"}");
                }
            }
            return orders(shop).stream().allMatch(order -> order.path("waiting_on").isNull()
                    && List.of("completed", "cancelled", "rejected").contains(order.path("status").asText()));
        });
    }

    private static void requireNothingUnknown(Shop shop) {
        assertThat(orders(shop)).hasSize(ORDERS).allSatisfy(order ->
                assertThat(payment(shop, order).path("operations")).allSatisfy(operation ->
                        assertThat(operation.path("status").asText()).isIn("succeeded", "declined", "failed")));
    }

    private static void requireEqualLedgers(Shop shop, Shop gateway) {
        Map<String, Long> taken = new HashMap<>();
        Map<String, AtomicInteger> charges = new HashMap<>();
        for (JsonNode entry : gateway.get("/v1/ledger").expect(200).body()) {
            String order = entry.path("merchant_reference").asText();
            long amount = entry.path("amount").path("amount").asLong();
            switch (entry.path("fact").asText()) {
                case "authorized" -> charges.computeIfAbsent(order, key -> new AtomicInteger()).incrementAndGet();
                case "captured" -> taken.merge(order, amount, Long::sum);
                case "refunded" -> taken.merge(order, -amount, Long::sum);
                default -> { }
            }
        }
        assertThat(charges.values()).allSatisfy(times -> assertThat(times.get()).isEqualTo(1));
        assertThat(orders(shop)).allSatisfy(order -> {
            JsonNode payment = payment(shop, order);
            long ours = payment.path("captured").path("amount").asLong()
                    - payment.path("refunded").path("amount").asLong();
            assertThat(taken.getOrDefault(order.path("id").asText(), 0L)).as(payment.toString()).isEqualTo(ours);
            long kept = order.path("status").asText().equals("completed")
                    ? 1000L * (2 - order.path("lines").path(0).path("returned").asLong()) : 0;
            assertThat(ours).as(order.toString()).isEqualTo(kept);
        });
    }

    /** Nothing for an order that ended before any money was asked for. */
    private static JsonNode payment(Shop shop, JsonNode order) {
        return order.path("payment_status").asText().equals("none") ? MissingNode.getInstance()
                : shop.payment(order);
    }

    private static void requireReconciled(Shop shop) {
        shop.post("/v1/operations/reconciliation", "{}").expect(202);
        JsonNode report = await().atMost(Duration.ofMinutes(1)).until(
                () -> shop.get("/v1/operations/reconciliation").body(),
                latest -> latest.path("status").asText().equals("finished"));
        assertThat(report.path("differences")).as(report.toPrettyString()).isEmpty();
        assertThat(report.path("compared").asInt()).isGreaterThanOrEqualTo(ORDERS / 2);
    }

    /** By the raw stores, not by what the application says of them. */
    private static void requireSound(Shop shop) {
        JsonNode report = shop.get("/v1/operations/invariants").expect(200).body();
        assertThat(report.path("holds").asBoolean()).as(report.toPrettyString()).isTrue();
        assertThat(report.path("invariants").path(3).path("figures").path("ledger_operations").asInt())
                .isGreaterThan(ORDERS / 2);
    }

    private static Map<String, Integer> statuses(Shop shop) {
        var statuses = new TreeMap<String, Integer>();
        orders(shop).forEach(order -> statuses.merge(order.path("status").asText(), 1, Integer::sum));
        return statuses;
    }

    private static List<JsonNode> orders(Shop shop) {
        var orders = new ArrayList<JsonNode>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = shop.get("/v1/orders?limit=200" + cursor).expect(200).body();
            StreamSupport.stream(page.path("items").spliterator(), false).forEach(orders::add);
            cursor = page.path("next").isNull() ? null : "&cursor=" + page.path("next").asText();
        }
        return orders;
    }

    private interface Lives {

        Runnable number(int order);
    }

    private static void atOnce(ExecutorService clients, Lives lives) throws Exception {
        List<Future<?>> all = new ArrayList<>();
        IntStream.range(0, ORDERS).forEach(order -> all.add(clients.submit(lives.number(order))));
        for (Future<?> life : all) {
            life.get();
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
