package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.flow.Shop.Line;
import io.orderflow.audit.StoreCheck;
import io.orderflow.packaged.TestStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The auditor on a real store with orders in every state: it finds nothing; and then in copies of it, each with a defect
 * that some mistake in the application could have made: it finds that one.
 */
class InvariantsFlowTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SKU = "AUDITED";

    @TempDir
    static Path data;

    private static String confirmed;
    private static String cancelled;
    private static String completed;

    @BeforeAll
    static void live() throws Exception {
        try (var orderflow = RunningOrderflow.start(data, "orderflow.sandbox.challenge=1m",
                "orderflow.invariants.every=1s")) {
            var shop = orderflow.shop();
            shop.receive(SKU, 100);
            await().until(() -> orderflow.bean(MeterRegistry.class)
                    .get("orderflow.invariant.violations").gauge().value() == 0);
            shop.post("/v1/stock/" + SKU + "/adjustments", "{\"change\":-3,\"reason\":\"damaged\"}").expect(201);
            confirmed = shop.place("tok_ok", new Line(SKU, 2));
            cancelled = shop.place("tok_ok", new Line(SKU, 3));
            completed = shop.place("tok_ok", new Line(SKU, 4));
            String partly = shop.place("tok_ok", new Line(SKU, 5));
            for (String order : List.of(confirmed, cancelled, completed, partly)) {
                shop.awaitStatus(order, "confirmed");
            }
            shop.awaitStatus(shop.place("tok_declined", new Line(SKU, 1)), "rejected");
            shop.awaitStatus(shop.place("tok_ok", new Line(SKU, 1000)), "rejected");
            shop.awaitWaitingOn(shop.place("tok_3ds", new Line(SKU, 1)), "payment_action");
            shop.post("/v1/orders/" + cancelled + "/cancellations", "{\"reason\":\"Changed my mind\"}").expect(201);
            shop.awaitStatus(cancelled, "cancelled");
            shop.post("/v1/orders/" + partly + "/shipments",
                    "{\"lines\":[{\"sku\":\"%s\",\"quantity\":2}]}".formatted(SKU)).expect(201);
            shop.post("/v1/orders/" + completed + "/shipments", "{}").expect(201);
            shop.awaitStatus(completed, "completed");
            shop.post("/v1/orders/" + completed + "/returns", """
                    {"reason":"Broken","lines":[{"sku":"%s","quantity":1,"condition":"restock"}]}""".formatted(SKU))
                    .expect(201);
            orderflow.settle();
        }
    }

    @Test
    void finds_nothing_in_a_sound_store() throws Exception {
        JsonNode report = check(data, 0);

        assertThat(violated(report)).isEmpty();
        assertThat(report.path("events").asInt()).isGreaterThan(50);
        assertThat(report.path("invariants")).hasSize(14).allSatisfy(invariant ->
                assertThat(invariant.path("status").asText()).as(invariant.toString()).isEqualTo("holds"));
    }

    /** A mistake, and the invariants that have to see it, no more and no less. */
    private record Defect(String name, Set<String> seen, Consumer<JdbcTemplate> store, UnaryOperator<List<String>> ledger) {

        static Defect inStore(String name, Consumer<JdbcTemplate> change, String... seen) {
            return new Defect(name, Set.of(seen), change, UnaryOperator.identity());
        }

        static Defect inLedger(String name, UnaryOperator<List<String>> change, String... seen) {
            return new Defect(name, Set.of(seen), store -> { }, change);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Defect> defects() {
        return Stream.of(
                Defect.inStore("a release of stock that released nothing", store -> edit(store,
                        "inventory.StockReleased", cancelled, event -> event.put("quantity", 0)), "S3", "P1"),
                Defect.inStore("more sold than there is", store -> edit(store, "inventory.StockReserved", confirmed,
                        event -> event.put("quantity", 500)), "S2", "S3", "P1"),
                Defect.inStore("stock below nothing", store -> edit(store, "inventory.StockAdjusted", null,
                        event -> event.put("change", -200)), "S1", "S2", "P1"),
                Defect.inStore("a lost event", store -> store.update("DELETE FROM axon.domain_event_entry WHERE"
                        + " aggregate_identifier = ? AND payload_type = 'order.OrderConfirmed'", completed), "E1", "P1"),
                Defect.inStore("a lost last event", store -> store.update("DELETE FROM axon.domain_event_entry WHERE"
                        + " aggregate_identifier = ? AND payload_type = 'order.OrderCancelled'", cancelled),
                        "O2", "P1"),
                Defect.inStore("a wrong total", store -> edit(store, "order.OrderPlaced", confirmed,
                        event -> ((ObjectNode) event.get("total")).put("amount", 1999)), "M5"),
                Defect.inStore("a refund larger than what was taken", store -> {
                    for (String type : List.of("payment.RefundRequested", "payment.PaymentRefunded")) {
                        edit(store, type, completed, event -> ((ObjectNode) event.get("amount")).put("amount", 9000));
                    }
                }, "M1", "M3", "P1"),
                Defect.inStore("money of a cancelled order that was not given back", store -> {
                    store.update("DELETE FROM axon.domain_event_entry WHERE aggregate_identifier = ? AND"
                            + " payload_type = 'payment.PaymentReversed'", "pay_" + cancelled.substring(4));
                }, "M2", "P1"),
                Defect.inStore("a completed order that was not paid for", store -> {
                    for (String type : List.of("payment.CaptureRequested", "payment.PaymentCaptured")) {
                        edit(store, type, completed, event -> ((ObjectNode) event.get("amount")).put("amount", 1000));
                    }
                }, "M2", "M3", "P1"),
                Defect.inStore("an order that goes on after its end", store -> append(store, cancelled,
                        "order.OrderConfirmed", "{\"orderId\":\"%s\",\"waitingOn\":null}".formatted(cancelled)), "O2", "O3"),
                Defect.inStore("an order placed twice", store -> append(store, confirmed, "order.OrderPlaced",
                        text(store.queryForObject("SELECT payload FROM axon.domain_event_entry WHERE"
                                + " aggregate_identifier = ? AND sequence_number = 0", byte[].class, confirmed))), "O1"),
                Defect.inStore("an event of a type that nobody knows", store -> append(store, "stock_" + SKU,
                        "inventory.StockStolen", "{\"sku\":\"%s\",\"quantity\":1}".formatted(SKU)), "E1"),
                Defect.inStore("a projection that shows something else", store -> store.update("UPDATE"
                        + " orders.customer_order SET payment_status = 'CAPTURED' WHERE id = ?", confirmed), "P1"),
                Defect.inStore("a projected payment that nobody made", store -> store.update("UPDATE payments.payment"
                        + " SET captured = captured + 1 WHERE order_id = ?", completed), "P1"),
                Defect.inStore("an order that is shown to another shop", store -> store.update("UPDATE"
                        + " orders.customer_order SET shop = 'rival' WHERE id = ?", confirmed), "P1"),
                Defect.inStore("a payment that is shown to another shop", store -> store.update("UPDATE"
                        + " payments.payment SET shop = 'rival' WHERE order_id = ?", completed), "P1"),
                Defect.inStore("a timeline that has lost an entry", store -> store.update("DELETE FROM"
                        + " tracking.timeline_entry WHERE order_id = ? AND id = 3", confirmed), "P1"),
                Defect.inStore("a fact that has no place in the feed", store -> store.update("DELETE FROM tracking.feed"
                        + " WHERE position = 3"), "P1"),
                Defect.inStore("an event that every processor has skipped", store -> {
                    append(store, "stock_" + SKU, "inventory.StockReceived",
                            "{\"sku\":\"%s\",\"movementId\":\"mov_x\",\"quantity\":1}".formatted(SKU));
                    moveTokens(store, 0);
                }, "P1"),
                Defect.inStore("a token beyond all events", store -> moveTokens(store, 50), "P2"),
                Defect.inStore("a processor without a token", store -> store.update("DELETE FROM axon.token_entry"
                        + " WHERE processor_name = 'payment-gateway'"), "P2"),
                Defect.inStore("a deadline that is gone", store -> store.update("DELETE FROM axon.scheduled_tasks"
                        + " WHERE task_name = 'AxonDeadline'"), "O2"),
                Defect.inStore("a saga that is gone", store -> store.update("DELETE FROM fulfillment.saga"), "O2"),
                Defect.inStore("an acknowledged shipment that never happened", store -> store.update("INSERT INTO"
                        + " platform.idempotency_record (caller, idempotency_key, fingerprint, identity, handled, result_type, result, permanent, claimed_at)"
                        + " VALUES ('c', 'k', 'f', 'i', TRUE, 'order.ShipmentView', ?, FALSE, NOW())", bytes("{\"id\":\"shp_x\"}")), "O1"),
                Defect.inLedger("a second charge", ledger -> with(ledger, authorization(ledger)
                        .replace("-authorize-1", "-authorize-2").replaceAll("auth_\\w+", "auth_second")), "M3", "M4"),
                Defect.inLedger("an operation that succeeded twice", ledger -> with(ledger, authorization(ledger)),
                        "M4"),
                Defect.inLedger("a capture that the gateway does not know", ledger -> ledger.stream()
                        .filter(line -> !line.contains("\"captured\"") || !line.contains(completed.substring(4)))
                        .toList(), "M3"),
                Defect.inLedger("another amount at the gateway", ledger -> ledger.stream().map(line ->
                        line.contains("\"captured\"") ? line.replace("\"amount\":4000", "\"amount\":4001") : line)
                        .toList(), "M3"));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void sees(Defect defect, @TempDir Path copy) throws Exception {
        TestStore.copy(data, copy);
        defect.store().accept(new JdbcTemplate(TestStore.dataSource(copy)));
        List<String> ledger = Files.readAllLines(data.resolve("gateway.jsonl"));
        Files.write(copy.resolve("gateway.jsonl"), defect.ledger().apply(ledger));

        JsonNode report = check(copy, 1);

        assertThat(violated(report)).as(report.toPrettyString()).isEqualTo(new TreeSet<>(defect.seen()));
        assertThat(report.path("invariants")).filteredOn(invariant -> invariant.path("violations").asInt() > 0)
                .allSatisfy(invariant -> assertThat(invariant.path("evidence").path(0).path("subject").asText())
                        .isNotEmpty());
    }

    @Test
    void a_store_that_is_not_there_is_not_checked_and_not_made(@TempDir Path elsewhere) throws Exception {
        var out = new ByteArrayOutputStream();

        assertThat(StoreCheck.check(new PrintStream(out, true, StandardCharsets.UTF_8), "--spring.datasource.url="
                + TestStore.url(elsewhere))).isEqualTo(2);

        assertThat(elsewhere).isEmptyDirectory();
    }

    private static JsonNode check(Path directory, int exitCode) throws Exception {
        var out = new ByteArrayOutputStream();
        int exit = StoreCheck.check(new PrintStream(out, true, StandardCharsets.UTF_8), "--json",
                "--spring.datasource.url=" + TestStore.url(directory), "--gateway-ledger=" + directory.resolve("gateway.jsonl"));
        assertThat(exit).as(out.toString(StandardCharsets.UTF_8)).isEqualTo(exitCode);
        return JSON.readTree(out.toByteArray());
    }

    private static Set<String> violated(JsonNode report) {
        var violated = new TreeSet<String>();
        report.path("invariants").forEach(invariant -> {
            if (invariant.path("status").asText().equals("violated")) {
                violated.add(invariant.path("id").asText());
            }
        });
        return violated;
    }

    /** Changes the first event of a type that concerns an order, or any. */
    private static void edit(JdbcTemplate store, String type, String order, Consumer<ObjectNode> change) {
        var row = store.queryForList("SELECT global_index, payload FROM axon.domain_event_entry WHERE payload_type = ?"
                + " ORDER BY global_index", type).stream()
                .filter(each -> order == null || text((byte[]) each.get("payload")).contains(order)).findFirst().orElseThrow();
        try {
            var event = (ObjectNode) JSON.readTree((byte[]) row.get("payload"));
            change.accept(event);
            store.update("UPDATE axon.domain_event_entry SET payload = ? WHERE global_index = ?",
                    JSON.writeValueAsBytes(event), row.get("global_index"));
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void append(JdbcTemplate store, String aggregate, String type, String payload) {
        Map<String, Object> last = store.queryForMap("SELECT MAX(sequence_number) AS sequence_number, MAX(type) AS type,"
                + " MAX(time_stamp) AS time_stamp FROM axon.domain_event_entry WHERE aggregate_identifier = ?", aggregate);
        store.update("INSERT INTO axon.domain_event_entry (event_identifier, aggregate_identifier, sequence_number, type,"
                + " time_stamp, payload_type, payload, meta_data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                UUID.randomUUID().toString(), aggregate, (long) last.get("sequence_number") + 1, last.get("type"),
                last.get("time_stamp"), type, bytes(payload), bytes("{}"));
    }

    private static void moveTokens(JdbcTemplate store, int beyond) {
        long index = store.queryForObject("SELECT MAX(global_index) FROM axon.domain_event_entry", Long.class) + beyond;
        store.update("UPDATE axon.token_entry SET token = ?", bytes("{\"index\":%d,\"gaps\":[]}".formatted(index)));
    }

    private static String authorization(List<String> ledger) {
        return ledger.stream().filter(line -> line.contains("\"authorized\"") && line.contains(confirmed)).findFirst()
                .orElseThrow();
    }

    private static List<String> with(List<String> ledger, String line) {
        var all = new ArrayList<>(ledger);
        all.add(line);
        return all;
    }
}
