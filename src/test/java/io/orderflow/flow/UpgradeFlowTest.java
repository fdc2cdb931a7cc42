package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.flow.Shop.Line;
import io.orderflow.audit.StoreCheck;
import io.orderflow.packaged.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A store that a released version left with orders in every state opens in this one, and its orders go on to their
 * ends. The present version stands in for one that was released; with {@code -Dorderflow.stores.keep=<version>} its store
 * is kept, to be opened by all that follow.
 */
class UpgradeFlowTest {

    private static final Path KEPT = Path.of("src/test/resources/stores");
    private static final String PRESENT = "present";

    static Stream<String> versions() {
        return Stream.concat(Stream.of(PRESENT), Stream.ofNullable(KEPT.toFile().list()).flatMap(Stream::of));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void an_older_store_opens_and_its_orders_go_on_to_their_ends(String version, @TempDir Path data) throws Exception {
        if (version.equals(PRESENT)) {
            leaveOrders(data);
            String released = System.getProperty("orderflow.stores.keep");
            if (released != null) {
                copy(data, Files.createDirectories(KEPT.resolve(released)));
            }
        } else {
            assumeFalse(TestStore.isPostgres(), "kept stores are H2 files");
            copy(KEPT.resolve(version), data);
        }
        try (var orderflow = RunningOrderflow.start(data, "orderflow.payment.gateway.refund-retry=100ms")) {
            var shop = orderflow.shop();
            Map<String, JsonNode> orders = orders(shop);
            assertThat(orders).extractingByKeys("completed", "cancelled", "declined", "sold-out")
                    .extracting(order -> order.path("status").asText())
                    .containsExactly("completed", "cancelled", "rejected", "rejected");

            for (String open : new String[] {"partly", "confirmed", "waiting", "placed-last"}) {
                String id = orders.get(open).path("id").asText();
                shop.awaitOrder(id, order -> !order.path("status").asText().equals("placed"));
                shop.post("/v1/orders/" + id + "/shipments", "{}").expect(201);
                shop.awaitStatus(id, "completed");
            }
            JsonNode old = orders.get("completed");
            giveBackTote(shop, old.path("id").asText());
            await().until(() -> shop.payment(old).path("refunded").path("amount").asLong() == 1000);
            settleRefund(shop, orders.get("returned"));
            orderflow.settle();
        }
        assertThat(StoreCheck.check(System.out, "--gateway-ledger=" + data.resolve("gateway.jsonl"),
                "--spring.datasource.url=" + TestStore.url(data))).isZero();
    }

    private static void leaveOrders(Path data) {
        try (var orderflow = RunningOrderflow.start(data, "orderflow.payment.gateway.refund-retry=100ms")) {
            var shop = orderflow.shop();
            shop.receive("MUG", 100);
            shop.receive("TOTE", 100);
            for (String status : new String[] {"confirmed", "cancelled", "completed", "partly"}) {
                shop.awaitStatus(place(shop, status, "tok_ok", 2), "confirmed");
            }
            String returned = place(shop, "returned", "tok_refund_fails", 2);
            shop.awaitStatus(returned, "confirmed");
            shop.awaitStatus(place(shop, "declined", "tok_declined", 2), "rejected");
            shop.awaitStatus(place(shop, "sold-out", "tok_ok", 5000), "rejected");
            place(shop, "waiting", "tok_timeout_after_charge", 2);
            Map<String, JsonNode> orders = orders(shop);
            shop.post(orderPath(orders, "cancelled") + "/cancellations", "{\"reason\":\"changed my mind\"}").expect(201);
            shop.post(orderPath(orders, "partly") + "/shipments", "{\"lines\":[{\"sku\":\"MUG\",\"quantity\":1}]}")
                    .expect(201);
            shop.post(orderPath(orders, "completed") + "/shipments", "{}").expect(201);
            shop.post(orderPath(orders, "returned") + "/shipments", "{}").expect(201);
            for (String status : new String[] {"cancelled", "completed"}) {
                shop.awaitStatus(orders.get(status).path("id").asText(), status);
            }
            shop.awaitStatus(returned, "completed");
            giveBackTote(shop, returned);
            place(shop, "placed-last", "tok_slow", 2);
        }
    }

    private static String place(Shop shop, String reference, String method, int mugs) {
        return shop.post("/v1/orders", Shop.order(method, new Line("MUG", mugs), new Line("TOTE", 1))
                .replace("R-1", reference)).expect(201).id();
    }

    private static void giveBackTote(Shop shop, String order) {
        shop.post("/v1/orders/" + order + "/returns", """
                {"reason":"Broken","lines":[{"sku":"TOTE","quantity":1,"condition":"restock"}]}""").expect(201);
    }

    /** The saga of its return was under way when the store was left; the gateway refuses the money for good. */
    private static void settleRefund(Shop shop, JsonNode order) {
        String id = order.path("id").asText();
        shop.awaitWaitingOn(id, "refund_failed");
        JsonNode payment = shop.payment(order);
        JsonNode failed = payment.path("operations").path(payment.path("operations").size() - 1);
        shop.post("/v1/payments/" + payment.path("id").asText() + "/operations/" + failed.path("id").asText()
                + "/settlements", "{\"note\":\"by bank transfer\"}").expect(201);
        shop.awaitOrder(id, settled -> settled.path("waiting_on").isNull());
    }

    private static void copy(Path from, Path to) throws IOException {
        for (String file : new String[] {"orderflow.mv.db", "gateway.jsonl"}) {
            Files.copy(from.resolve(file), to.resolve(file));
        }
    }

    private static Map<String, JsonNode> orders(Shop shop) {
        var orders = new TreeMap<String, JsonNode>();
        shop.get("/v1/orders?limit=50").expect(200).body().path("items")
                .forEach(order -> orders.put(order.path("reference").asText(), order));
        return orders;
    }

    private static String orderPath(Map<String, JsonNode> orders, String reference) {
        return "/v1/orders/" + orders.get(reference).path("id").asText();
    }
}
