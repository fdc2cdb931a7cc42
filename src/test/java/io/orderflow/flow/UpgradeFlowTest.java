package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.audit.StoreCheck;
import io.orderflow.packaged.TestStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.InitialEventRepresentation;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that an earlier version of the application was killed over opens in this one, and everything goes on. */
class UpgradeFlowTest {


    /** @param commit whose store it is; {@code src/test/resources/stores} tells what is in it */
    @ParameterizedTest
    @ValueSource(strings = {"d03c465", "a34e995"})
    void an_older_store_opens_and_its_orders_go_on_to_their_ends(String commit, @TempDir Path data) throws Exception {
        KeptStore.unpack(commit, data);
        try (var orderflow = RunningOrderflow.start(data, "orderflow.payment.gateway.refund-retry=100ms")) {
            var shop = orderflow.shop();
            Map<String, JsonNode> orders = orders(shop);
            assertThat(orders).containsKeys("waiting", "sold-out", "declined", "partly", "completed", "cancelled",
                    "confirmed", "placed-last");
            assertThat(status(orders, "completed")).isEqualTo("completed");
            assertThat(status(orders, "cancelled")).isEqualTo("cancelled");
            assertThat(status(orders, "declined")).isEqualTo("rejected");
            assertThat(status(orders, "sold-out")).isEqualTo("rejected");
            orders.values().forEach(order -> assertThat(shop.get("/v1/orders/" + order.path("id").asText()
                    + "/timeline").expect(200).body().path("entries")).isNotEmpty());

            assertThat(revisionReadAs(orderflow, "order.OrderCompleted", "1")).isEqualTo("2");

            // The old saga leads them on, and what is new is open to old orders.
            for (String open : new String[] {"partly", "confirmed", "waiting", "placed-last"}) {
                String id = orders.get(open).path("id").asText();
                shop.awaitOrder(id, order -> !order.path("status").asText().equals("placed"));
                shop.post("/v1/orders/" + id + "/shipments", "{}").expect(201);
                shop.awaitStatus(id, "completed");
            }
            String old = orders.get("completed").path("id").asText();
            shop.post("/v1/orders/" + old + "/returns", """
                    {"reason":"Broken","lines":[{"sku":"TOTE","quantity":1,"condition":"restock"}]}""").expect(201);
            await().until(() -> shop.payment(shop.get("/v1/orders/" + old).body()).path("refunded")
                    .path("amount").asLong() == 500);
            await().until(() -> shop.get("/v1/orders/" + old).body().path("waiting_on").isNull());
            if (orders.containsKey("returned")) {
                settleRefund(shop, orders.get("returned"));
            }
            orderflow.settle();
        }
        assertThat(StoreCheck.check(System.out, "--gateway-ledger=" + data.resolve("gateway.jsonl"),
                "--spring.datasource.url=" + TestStore.url(data))).isZero();
    }

    /** The saga of its return was under way when the store was left; the gateway refuses the money for good. */
    private static void settleRefund(Shop shop, JsonNode order) {
        await().until(() -> shop.get("/v1/orders/" + order.path("id").asText()).body()
                .path("waiting_on").path("code").asText().equals("refund_failed"));
        JsonNode payment = shop.payment(order);
        JsonNode failed = payment.path("operations").path(payment.path("operations").size() - 1);
        shop.post("/v1/payments/" + payment.path("id").asText() + "/operations/" + failed.path("id").asText()
                + "/settlements", "{\"note\":\"by bank transfer\"}").expect(201);
        await().until(() -> shop.get("/v1/orders/" + order.path("id").asText()).body()
                .path("waiting_on").isNull());
    }

    /** By the upcasters that the running application has found. */
    private static String revisionReadAs(RunningOrderflow orderflow, String type, String revision) {
        var stored = new GenericDomainEventEntry<>("Any", "any", 0, "event", "2026-01-01T00:00:00Z", type, revision,
                "{}".getBytes(StandardCharsets.UTF_8), "{}".getBytes(StandardCharsets.UTF_8));
        return orderflow.bean(Configuration.class).upcasterChain().upcast(Stream.of(
                new InitialEventRepresentation(stored, orderflow.bean(Serializer.class)))).findAny().orElseThrow()
                .getType().getRevision();
    }

    private static Map<String, JsonNode> orders(Shop shop) {
        var orders = new TreeMap<String, JsonNode>();
        shop.get("/v1/orders?limit=50").expect(200).body().path("items")
                .forEach(order -> orders.put(order.path("reference").asText(), order));
        return orders;
    }

    private static String status(Map<String, JsonNode> orders, String reference) {
        return orders.get(reference).path("status").asText();
    }
}
