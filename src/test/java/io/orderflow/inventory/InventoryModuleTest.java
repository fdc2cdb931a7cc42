package io.orderflow.inventory;

import static io.orderflow.inventory.Stock.ANNA;
import static io.orderflow.inventory.Stock.BERT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.inventory.command.AdjustStock;
import io.orderflow.inventory.command.ReceiveStock;
import io.orderflow.inventory.command.ReleaseStock;
import io.orderflow.inventory.command.ReserveStock;
import io.orderflow.inventory.command.ReturnStock;
import io.orderflow.inventory.command.ShipStock;
import io.orderflow.inventory.event.StockReceived;
import io.orderflow.inventory.event.StockReserved;
import io.orderflow.inventory.query.FindStock;
import io.orderflow.inventory.query.MovementReceipt;
import io.orderflow.inventory.query.StockView;
import io.orderflow.packaged.Settled;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.caching.Cache;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.TestPropertySource;

@ApplicationModuleTest(extraIncludes = {"platform", "shared"}, webEnvironment = WebEnvironment.RANDOM_PORT)
@TestPropertySource(properties = {
        "spring.datasource.url=jdbc:h2:mem:inventory;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000",
        "orderflow.store.durability=best-effort",
        "orderflow.catch-up=5s",
        "orderflow.inventory.snapshot-every=5"})
@Import(InventoryModuleTest.OldReceipts.class)
class InventoryModuleTest {

    @Autowired
    private CommandGateway commands;
    @Autowired
    private StockProjection projection;
    @Autowired
    private StockRows rows;
    @Autowired
    private EventProcessingConfiguration processing;
    @Autowired
    private EventStore events;
    @Autowired
    private Cache aggregateCache;
    @Autowired
    private QueryUpdateEmitter updates;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private ApplicationContext application;
    @Autowired
    private DemoCatalogue demoCatalogue;

    private TestRestTemplate http;
    private Sku sku;
    private int received;

    @BeforeEach
    void stock_something_new(@Autowired TestRestTemplate anybody) {
        http = anybody.withBasicAuth("staff", "staff");
        sku = new Sku("SKU-" + UUID.randomUUID());
        received = 0;
    }

    @Nested
    class the_projection {

        @Test
        void adds_every_movement_to_the_level() {
            receive(10);
            send(new ReserveStock(sku, ANNA, new Quantity(4)));
            send(new ReserveStock(sku, BERT, new Quantity(7)));
            send(new ReserveStock(sku, BERT, new Quantity(5)));
            send(new ShipStock(sku, ANNA, "shp_1", new Quantity(3)));
            send(new ReleaseStock(sku, ANNA));
            send(new ReleaseStock(sku, ANNA));

            StockView level = levelAt(5);
            assertThat(level).extracting(StockView::onHand, StockView::reserved, StockView::available)
                    .containsExactly(7, 5, 2);
            assertThat(movements(50))
                    .extracting(MovementView::sequence, MovementView::kind, MovementView::onHandChange,
                            MovementView::reservedChange, MovementView::orderId, MovementView::movementId)
                    .containsExactly(
                            tuple(5L, MovementView.Kind.RELEASED, 0, -1, ANNA, null),
                            tuple(4L, MovementView.Kind.SHIPPED, -3, -3, ANNA, "shp_1"),
                            tuple(3L, MovementView.Kind.RESERVED, 0, 5, BERT, null),
                            tuple(1L, MovementView.Kind.RESERVED, 0, 4, ANNA, null),
                            tuple(0L, MovementView.Kind.RECEIVED, 10, 0, null, "mov_1"));
        }

        @Test
        void writes_down_what_came_back_and_adds_what_is_good() {
            receive(10);
            send(new ReserveStock(sku, ANNA, new Quantity(4)));
            send(new ShipStock(sku, ANNA, "shp_1", new Quantity(4)));
            for (int times = 0; times < 2; times++) {
                send(new ReturnStock(sku, ANNA, "ret_1", new Quantity(2), false));
                send(new ReturnStock(sku, ANNA, "ret_1", new Quantity(1), true));
            }

            StockView level = levelAt(4);
            assertThat(level).extracting(StockView::onHand, StockView::reserved, StockView::available)
                    .containsExactly(8, 0, 8);
            assertThat(movements(2))
                    .extracting(MovementView::sequence, MovementView::kind, MovementView::onHandChange,
                            MovementView::reservedChange, MovementView::orderId, MovementView::movementId,
                            MovementView::note)
                    .containsExactly(
                            tuple(4L, MovementView.Kind.RETURNED_DAMAGED, 0, 0, ANNA, "ret_1", "1 returned damaged"),
                            tuple(3L, MovementView.Kind.RETURNED, 2, 0, ANNA, "ret_1", null));
        }

        @Test
        void does_nothing_when_an_event_comes_again() {
            var received = new StockReceived(sku, "mov_1", new Quantity(10), null);
            var reserved = new StockReserved(sku, ANNA, new Quantity(4));
            for (int times = 0; times < 2; times++) {
                DefaultUnitOfWork.startAndGet(GenericMessage.asMessage("redelivery")).execute(() -> {
                    projection.on(received, 0, Instant.EPOCH);
                    projection.on(reserved, 1, Instant.EPOCH);
                });
            }

            assertThat(projection.answer(new FindStock(sku)))
                    .contains(new StockView(sku, 10, 4, 6, 1, Instant.EPOCH));
            assertThat(movements(50)).hasSize(2);
            jdbc.sql("DELETE FROM inventory.movement WHERE sku = ?").param(sku.value()).update();
            jdbc.sql("DELETE FROM inventory.stock WHERE sku = ?").param(sku.value()).update();
        }

        @Test
        void answers_the_same_after_a_replay() {
            receive(10);
            send(new ReserveStock(sku, ANNA, new Quantity(4)));
            send(new ShipStock(sku, ANNA, "shp_1", new Quantity(3)));
            send(new ReleaseStock(sku, ANNA));
            send(new ReturnStock(sku, ANNA, "ret_1", new Quantity(2), false));
            send(new ReturnStock(sku, ANNA, "ret_1", new Quantity(1), true));

            Settled.assertUnchangedBy(application, () -> {
                processor().shutDown();
                processor().resetTokens();
                assertThat(tables()).containsOnly(List.of(), List.of());
                processor().start();
            }, InventoryModuleTest.this::tables);
        }

        @Test
        void gives_a_long_ledger_page_by_page() {
            for (int delivery = 0; delivery < 12; delivery++) {
                receive(1);
            }
            levelAt(11);

            var sequences = new ArrayList<Long>();
            String path = "/v1/stock/" + sku + "/movements?limit=5";
            String next = path;
            while (next != null) {
                JsonNode page = get(next).getBody();
                page.path("items").forEach(movement -> sequences.add(movement.path("sequence").asLong()));
                next = page.path("next").isNull() ? null : path + "&cursor=" + page.path("next").asText();
            }

            assertThat(sequences).containsExactly(11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L, 0L);
        }
    }

    @Nested
    class over_http {

        @Test
        void a_receipt_is_there_at_once() {
            var created = post("/receipts", "r-1", """
                    {"quantity": 10, "note": "from the potter"}""");

            assertThat(created.getStatusCode()).isEqualTo(HttpStatus.CREATED);
            assertThat(created.getHeaders().getLocation()).hasPath("/v1/stock/" + sku + "/movements");
            assertThat(created.getBody().path("movement_id").asText()).startsWith("mov_");
            assertThat(created.getBody().path("on_hand").asInt()).isEqualTo(10);
            var found = get("/v1/stock/" + sku);
            assertThat(found.getStatusCode()).isEqualTo(HttpStatus.OK);
            assertThat(found.getBody().path("available").asInt()).isEqualTo(10);
            assertThat(get("/v1/stock/" + sku + "/movements").getBody().path("items").path(0).path("note").asText())
                    .isEqualTo("from the potter");
        }

        @Test
        void a_receipt_is_waited_for_while_the_projection_is_behind() throws Exception {
            processor().shutDown();
            CompletableFuture<ResponseEntity<JsonNode>> found;
            try {
                post("/receipts", "w-1", """
                        {"quantity": 10}""");
                found = CompletableFuture.supplyAsync(() -> get("/v1/stock/" + sku));
                await().until(() -> !updates.activeSubscriptions().isEmpty());
            } finally {
                processor().start();
            }

            assertThat(found.get().getStatusCode()).isEqualTo(HttpStatus.OK);
        }

        @Test
        void a_projection_that_stays_behind_is_told_from_an_unknown_sku() {
            processor().shutDown();
            try {
                post("/receipts", "s-1", """
                        {"quantity": 10}""");

                assertThat(get("/v1/stock/" + sku).getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
            } finally {
                processor().start();
            }
        }

        @Test
        void a_repeated_receipt_counts_once_and_is_answered_the_same() {
            var first = post("/receipts", "k-1", """
                    {"quantity": 10}""");
            var second = post("/receipts", "k-1", """
                    {"quantity": 10}""");

            assertThat(second.getStatusCode()).isEqualTo(HttpStatus.CREATED);
            assertThat(second.getBody()).isEqualTo(first.getBody());
            assertThat(get("/v1/stock/" + sku).getBody().path("on_hand").asInt()).isEqualTo(10);
        }

        @Test
        void an_unknown_sku_is_not_found() {
            expectProblem(get("/v1/stock/" + sku), HttpStatus.NOT_FOUND, "unknown_sku");
            expectProblem(get("/v1/stock/" + sku + "/movements"), HttpStatus.NOT_FOUND, "unknown_sku");
            expectProblem(post("/adjustments", "u-1", """
                    {"change": 1, "reason": "found"}"""), HttpStatus.NOT_FOUND, "unknown_sku");
        }

        @Test
        void a_sku_that_was_only_ordered_is_not_found() {
            send(new ReserveStock(sku, ANNA, new Quantity(1)));

            expectProblem(get("/v1/stock/" + sku), HttpStatus.NOT_FOUND, "unknown_sku");
        }

        @Test
        void a_count_corrects_what_is_on_hand() {
            receive(10);

            var counted = post("/adjustments", "c-1", """
                    {"counted": 8, "expected_on_hand": 10, "reason": "lost"}""");

            assertThat(counted.getStatusCode()).isEqualTo(HttpStatus.CREATED);
            assertThat(counted.getBody().path("change").asInt()).isEqualTo(-2);
            assertThat(counted.getBody().path("on_hand").asInt()).isEqualTo(8);
            levelAt(1);
            assertThat(get("/v1/stock/" + sku + "/movements").getBody().path("items").path(0).path("reason").asText())
                    .isEqualTo("lost");
        }

        @Test
        void an_adjustment_below_what_is_reserved_is_a_conflict_with_figures() {
            receive(10);
            send(new ReserveStock(sku, ANNA, new Quantity(4)));

            var refused = post("/adjustments", "b-1", """
                    {"change": -7, "reason": "damaged"}""");

            expectProblem(refused, HttpStatus.CONFLICT, "below_reserved");
            assertThat(refused.getBody().path("reserved").asInt()).isEqualTo(4);
            assertThat(refused.getBody().path("on_hand").asInt()).isEqualTo(10);
        }

        @Test
        void bad_requests_say_what_is_wrong() {
            receive(10);
            expectProblem(post("/receipts", "x-1", "{\"quantity\": 0}"), HttpStatus.BAD_REQUEST, "validation_failed");
            expectProblem(post("/receipts", "x-2", "{}"), HttpStatus.BAD_REQUEST, "validation_failed");
            expectProblem(post("/receipts", "x-3", "{\"quantity\": 1, \"colour\": 1}"),
                    HttpStatus.BAD_REQUEST, "unknown_field");
            expectProblem(post("/receipts", "x-4", "{\"quantity\": 1000000}"),
                    HttpStatus.UNPROCESSABLE_ENTITY, "quantity_too_large");
            expectProblem(post("/adjustments", "x-5", "{\"change\": 1, \"counted\": 1, \"reason\": \"count\"}"),
                    HttpStatus.UNPROCESSABLE_ENTITY, "invalid_adjustment");
            expectProblem(post("/adjustments", "x-6", "{\"reason\": \"count\"}"),
                    HttpStatus.UNPROCESSABLE_ENTITY, "invalid_adjustment");
            expectProblem(post("/adjustments", "x-7", "{\"change\": 1}"), HttpStatus.BAD_REQUEST, "validation_failed");
            expectProblem(post("/adjustments", "x-8", "{\"change\": 1, \"reason\": \"whim\"}"),
                    HttpStatus.BAD_REQUEST, "invalid_field");
            expectProblem(
                    post("/adjustments", "x-9", "{\"counted\": 1, \"expected_on_hand\": 9, \"reason\": \"lost\"}"),
                    HttpStatus.CONFLICT, "stock_changed");
            expectProblem(get("/v1/stock?limit=0"), HttpStatus.BAD_REQUEST, "validation_failed");
            expectProblem(get("/v1/stock?limit=201"), HttpStatus.BAD_REQUEST, "validation_failed");
            expectProblem(get("/v1/stock?colour=red"), HttpStatus.BAD_REQUEST, "unknown_parameter");
            expectProblem(get("/v1/stock?cursor=%25"), HttpStatus.BAD_REQUEST, "invalid_cursor");
            expectProblem(get("/v1/stock/" + sku + "/movements?cursor=%25"),
                    HttpStatus.BAD_REQUEST, "invalid_cursor");
            expectProblem(get("/v1/stock/-"), HttpStatus.UNPROCESSABLE_ENTITY, "invalid_sku");
            assertThat(movements(50)).hasSize(1);
        }

        @Test
        void lists_are_followed_by_their_links() {
            var received = Stream.of("-1", "-2", "-3", "-4").map(suffix -> new Sku(sku + suffix)).toList();
            received.forEach(each -> send(new ReceiveStock(each, "mov_1", new Quantity(1), null)));
            received.forEach(each -> get("/v1/stock/" + each));
            var skus = new ArrayList<String>();
            String next = "/v1/stock?limit=3";
            while (next != null) {
                var page = get(next);
                page.getBody().path("items").forEach(item -> skus.add(item.path("sku").asText()));
                String link = page.getHeaders().get(HttpHeaders.LINK).stream()
                        .filter(relation -> relation.endsWith("rel=\"next\"")).findFirst().orElse(null);
                assertThat(link == null).isEqualTo(page.getBody().path("next").isNull());
                next = link == null ? null : link.substring(1, link.indexOf('>'));
            }

            assertThat(skus).isSorted().doesNotHaveDuplicates()
                    .containsAll(received.stream().map(Sku::value).toList());
        }
    }

    @Nested
    class a_long_stream {

        @Test
        void is_read_from_a_snapshot() {
            receive(10);
            send(new ReserveStock(sku, ANNA, new Quantity(4)));
            send(new ShipStock(sku, ANNA, "shp_1", new Quantity(1)));
            receive(1);
            receive(1);
            receive(1);
            await().until(() -> firstRead() instanceof StockItem);
            aggregateCache.removeAll();

            send(new ShipStock(sku, ANNA, "shp_1", new Quantity(1)));
            send(new ShipStock(sku, ANNA, "shp_2", new Quantity(3)));

            assertThat(levelAt(6)).extracting(StockView::onHand, StockView::reserved).containsExactly(9, 0);
        }

        private Object firstRead() {
            return events.readEvents(sku.stockItemId()).next().getPayload();
        }
    }

    /** Reads what a version would have stored that counted boxes of ten. */
    static class OldReceipts extends SingleEventUpcaster {

        private static final SimpleSerializedType OLD = new SimpleSerializedType("inventory.StockReceived", "boxes");

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation event) {
            return event.getType().equals(OLD);
        }

        @Override
        protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
            return event.upcastPayload(new SimpleSerializedType(OLD.getName(), null), ObjectNode.class,
                    payload -> payload.put("quantity", payload.path("boxes").asInt() * 10));
        }
    }

    @Nested
    class an_event_of_an_older_shape {

        @Test
        void is_read_as_what_it_is_today() {
            receive(10);
            levelAt(0);
            jdbc.sql("UPDATE axon.domain_event_entry SET payload_revision = 'boxes', payload = ? WHERE"
                    + " aggregate_identifier = ?").params(("{\"sku\":\"%s\",\"movementId\":\"mov_1\",\"boxes\":1}")
                    .formatted(sku).getBytes(StandardCharsets.UTF_8), sku.stockItemId()).update();
            aggregateCache.removeAll();

            receive(2);

            MovementReceipt found = send(new AdjustStock(sku, "mov_found", 1, null, null, "found", null, ExpectedVersion.ANY));
            assertThat(found.onHand()).isEqualTo(13);
        }
    }

    @Nested
    class the_demo_catalogue {

        @Test
        void fills_the_empty_store_once() {
            awaitDemoCatalogue();

            demoCatalogue.run(null);

            assertThat(deliveriesOf("POSTER-LIMITED")).isEqualTo(1);
        }

        @Test
        void stays_away_while_the_projection_is_rebuilt() {
            var processor = processor();
            processor.shutDown();
            processor.resetTokens();
            assertThat(rows.list("", 1)).isEmpty();

            demoCatalogue.run(null);

            assertThat(deliveriesOf("POSTER-LIMITED")).isEqualTo(1);
            processor.start();
            awaitDemoCatalogue();
        }

        private void awaitDemoCatalogue() {
            await().until(() -> projection.answer(new FindStock(new Sku("POSTER-LIMITED"))).isPresent());
        }

        private int deliveriesOf(String item) {
            return jdbc.sql("SELECT count(*) FROM axon.domain_event_entry WHERE aggregate_identifier = ?")
                    .param("stock_" + item).query(Integer.class).single();
        }
    }

    private List<MovementView> movements(int limit) {
        return rows.movements(sku, Long.MAX_VALUE, limit);
    }

    private void receive(int units) {
        send(new ReceiveStock(sku, "mov_" + ++received, new Quantity(units), null));
    }

    private <R> R send(Object command) {
        return commands.sendAndWait(command);
    }

    private StockView levelAt(long version) {
        return await().until(() -> projection.answer(new FindStock(sku)),
                level -> level.isPresent() && level.get().version() == version).orElseThrow();
    }

    private List<List<Map<String, Object>>> tables() {
        return List.of(jdbc.sql("SELECT * FROM inventory.stock ORDER BY sku").query().listOfRows(),
                jdbc.sql("SELECT * FROM inventory.movement ORDER BY sku, sequence").query().listOfRows());
    }

    private StreamingEventProcessor processor() {
        return processing.eventProcessor(StockProjection.GROUP, StreamingEventProcessor.class).orElseThrow();
    }

    private ResponseEntity<JsonNode> get(String path) {
        return http.getForEntity(URI.create(http.getRootUri() + path), JsonNode.class);
    }

    private ResponseEntity<JsonNode> post(String path, String key, String body) {
        var headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.set("Idempotency-Key", key + sku);
        return http.exchange("/v1/stock/" + sku + path, HttpMethod.POST, new HttpEntity<>(body, headers),
                JsonNode.class);
    }

    private static void expectProblem(ResponseEntity<JsonNode> answer, HttpStatus status, String code) {
        assertThat(answer.getBody().path("code").asText()).as(answer.toString()).isEqualTo(code);
        assertThat(answer.getStatusCode()).isEqualTo(status);
    }
}
