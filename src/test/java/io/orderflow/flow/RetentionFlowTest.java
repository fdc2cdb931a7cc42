package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.flow.Shop.Answer;
import io.orderflow.flow.Shop.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Everything that is kept for a while only is old after a moment. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetentionFlowTest {

    private static final String RECEIPT = "{\"quantity\":10}";
    private static final String RETURN = """
            {"lines":[{"sku":"KEPT","quantity":1,"condition":"restock"}],"reason":"too blue"}""";

    private Path data;
    private RunningOrderflow orderflow;
    private Shop shop;
    private JdbcTemplate jdbc;

    @BeforeAll
    void start(@TempDir Path directory) {
        data = directory;
        orderflow = RunningOrderflow.start(data, "orderflow.retention.every=1s", "orderflow.retention.requests=1ms",
                "orderflow.retention.callbacks=1ms", "orderflow.retention.backups=1ms",
                "orderflow.sandbox.pending=500ms");
        shop = orderflow.shop();
        jdbc = orderflow.bean(JdbcTemplate.class);
    }

    @AfterAll
    void stop() {
        orderflow.close();
    }

    @Test
    void a_request_that_is_forgotten_has_no_second_effect() {
        Answer received = shop.post("/v1/stock/KEPT/receipts", RECEIPT, "delivery").expect(201);
        String order = Shop.order("tok_pending", new Line("KEPT", 2));
        String id = shop.post("/v1/orders", order, "basket").expect(201).id();
        shop.awaitStatus(id, "confirmed");
        Answer shipped = shop.post("/v1/orders/" + id + "/shipments", "{}", "parcel").expect(201);
        shop.awaitStatus(id, "completed");
        Answer returned = shop.post("/v1/orders/" + id + "/returns", RETURN, "return").expect(201);
        String payment = shop.get("/v1/orders/" + id).body().path("payment_id").asText();
        await().until(() -> shop.get("/v1/payments/" + payment).body().path("status").asText()
                .equals("partially_refunded"));
        await().until(() -> count("platform.idempotency_record WHERE permanent = FALSE")
                + count("payments.callback WHERE operation_id LIKE '" + payment + "-authorize%'") == 0);

        assertThat(shop.post("/v1/orders", order, "basket").expect(409).text("order_id")).isEqualTo(id);
        assertThat(shop.post("/v1/orders/" + id + "/shipments", "{}", "parcel").expect(201).id())
                .isEqualTo(shipped.id());
        assertThat(shop.post("/v1/orders/" + id + "/returns", RETURN, "return").expect(201).id())
                .isEqualTo(returned.id());
        assertThat(shop.post("/v1/stock/KEPT/receipts", RECEIPT, "delivery").expect(201).body())
                .as("what nothing else remembers is kept").isEqualTo(received.body());

        assertThat(shop.stock("KEPT").path("on_hand").asInt()).isEqualTo(9);
        assertThat(shop.get("/v1/payments/" + payment).body().path("refunded").path("amount").asInt()).isEqualTo(1000);
        assertThat(orderflow.bean(MeterRegistry.class).get("orderflow.retention.deleted").tag("what", "requests")
                .counter().count()).isPositive();
        await().untilAsserted(() -> assertThat(shop.get("/v1/operations/invariants").expect(200)
                .body().path("invariants")).allSatisfy(invariant ->
                assertThat(invariant.path("violations").asInt()).as("%s", invariant).isZero()));
    }

    @Test
    @DisabledIfSystemProperty(named = "orderflow.test.store", matches = "postgres", disabledReason = "Nothing is beside it")
    void of_the_copies_of_the_store_the_newest_stays() throws IOException {
        Files.writeString(data.resolve("orderflow.trace.db"), "An old error");
        List<String> copies = List.of(backup("first"), backup("second"), backup("third"));

        await().untilAsserted(() -> assertThat(copies).filteredOn(copy -> Files.exists(
                Path.of(copy))).containsExactly(copies.get(2)));
        assertThat(data.resolve("orderflow.trace.db")).doesNotExist();
        assertThat(data.resolve("orderflow.mv.db")).exists();
    }

    private String backup(String key) {
        return shop.post("/v1/operations/backups", "{}", key).expect(201).text("file");
    }

    private int count(String rows) {
        return jdbc.queryForObject("SELECT COUNT(*) FROM " + rows, Integer.class);
    }
}
