package io.orderflow.order;

import static io.orderflow.order.Counter.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.inventory.event.StockReceived;
import io.orderflow.inventory.event.StockReleased;
import io.orderflow.inventory.event.StockReserved;
import io.orderflow.inventory.event.StockReturned;
import io.orderflow.inventory.event.StockShipped;
import io.orderflow.order.command.CancelOrder;
import io.orderflow.order.command.CloseReturn;
import io.orderflow.order.command.CompleteOrder;
import io.orderflow.order.command.ConfirmOrder;
import io.orderflow.order.command.RejectOrder;
import io.orderflow.order.command.ReportAfterSalesWait;
import io.orderflow.order.command.ReportWait;
import io.orderflow.order.query.FindOrder;
import io.orderflow.order.query.OrderView;
import io.orderflow.packaged.Settled;
import io.orderflow.payment.event.PaymentAuthorized;
import io.orderflow.payment.event.PaymentCaptured;
import io.orderflow.platform.spi.CatchUp;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.gateway.EventGateway;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;

@OrderModule
class OrderModuleTest {

    private static final Sku BEANS = new Sku("BEANS");

    @Autowired
    private CommandGateway commands;
    @Autowired
    private EventGateway events;
    @Autowired
    private EventProcessingConfiguration processing;
    @Autowired
    private QueryUpdateEmitter updates;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private ApplicationContext application;

    private Counter counter;
    private String key;

    @BeforeEach
    void open(@Autowired TestRestTemplate http) {
        counter = new Counter(http);
        key = UUID.randomUUID().toString();
        events.publish(new StockReceived(BEANS, "mov_1", new Quantity(100), null));
    }

    @Nested
    class the_order_resource {

        @Test
        void is_there_at_once_and_as_the_answer_said() {
            var placed = place();

            assertThat(placed.getStatusCode()).isEqualTo(HttpStatus.CREATED);
            assertThat(placed.getHeaders().getLocation()).hasPath("/v1/orders/" + id(placed));
            var found = counter.get("/v1/orders/" + id(placed));
            assertThat(found.getStatusCode()).isEqualTo(HttpStatus.OK);
            assertThat(found.getBody()).isEqualTo(placed.getBody());
            assertThat(text(found.getBody(), "status", "payment_status", "stock_status", "waiting_on.party",
                    "waiting_on.code", "version", "actions")).containsExactly("placed", "none", "pending", "stock",
                            "stock_reservation", "1", "[\"cancel\"]");
            assertThat(Instant.parse(found.getBody().at("/waiting_on/deadline").asText())).isEqualTo(
                    Instant.parse(found.getBody().at("/waiting_on/since").asText()).plus(Duration.ofMinutes(5)));
        }

        @Test
        void is_read_with_its_lines_at_one_moment(@Autowired OrderViews views, @Autowired TransactionManager transactions) {
            var order = id(place());
            read(order, 1);
            int rounds = 300;
            var writer = CompletableFuture.runAsync(() -> {
                for (int round = 1; round <= rounds; round++) {
                    int returned = round % rounds;
                    transactions.executeInTransaction(() -> {
                        jdbc.sql("UPDATE orders.customer_order SET version = ? WHERE id = ?").param(1 + returned)
                                .param(order.value()).update();
                        jdbc.sql("UPDATE orders.order_line SET returned = ? WHERE order_id = ?").param(returned)
                                .param(order.value()).update();
                    });
                }
            });
            while (!writer.isDone()) {
                OrderView read = views.find(new FindOrder(order, null)).orElseThrow();
                assertThat(read.lines().get(0).returned()).isEqualTo(read.version() - 1);
            }
            writer.join();
        }

        @Test
        void is_placed_once_and_answered_the_same_when_the_request_is_repeated() {
            var first = place();
            send(new RejectOrder(id(first), "out_of_stock", "None left."));
            read(id(first), 2);

            var second = place();

            assertThat(second.getStatusCode()).isEqualTo(HttpStatus.CREATED);
            assertThat(second.getBody()).isEqualTo(first.getBody());
        }

        @Test
        void follows_what_happens_to_the_order_until_it_is_completed() {
            OrderId order = id(place());

            events.publish(new StockReserved(BEANS, order, new Quantity(2)));
            assertThat(text(read(order, 2), "stock_status", "lines.0.reserved")).containsExactly("reserved", "2");
            send(new ReportWait(order, waiting(Code.PAYMENT_AUTHORIZATION)));
            assertThat(text(read(order, 3), "waiting_on.party", "waiting_on.since", "waiting_on.deadline"))
                    .containsExactly("gateway", "2026-03-02T12:00:00Z", "2026-03-02T12:01:00Z");
            authorize(order);
            assertThat(text(read(order, 4), "payment_status", "payment_id"))
                    .containsExactly("authorized", PaymentId.of(order).value());
            confirm(order);
            assertThat(text(read(order, 5), "status", "waiting_on.code", "actions"))
                    .containsExactly("confirmed", "dispatch", "[\"cancel\",\"dispatch\"]");
            dispatch(order, 1);
            assertThat(text(read(order, 6), "status", "actions"))
                    .containsExactly("dispatched", "[\"dispatch\",\"return\"]");
            events.publish(new StockShipped(BEANS, order, "shp_1", new Quantity(1)));
            assertThat(text(read(order, 7), "stock_status", "lines.0.reserved", "lines.0.shipped"))
                    .containsExactly("partially_shipped", "1", "1");
            dispatch(order, 1);
            assertThat(text(read(order, 8), "actions")).containsExactly("[\"return\"]");
            events.publish(new StockShipped(BEANS, order, "shp_2", new Quantity(1)));
            send(new CompleteOrder(order));
            assertThat(text(read(order, 10), "status", "stock_status", "waiting_on", "actions"))
                    .containsExactly("completed", "shipped", "null", "[\"return\"]");
        }

        @Test
        void says_why_the_order_was_rejected_however_long_the_gateway_talks() {
            OrderId order = id(place());

            send(new RejectOrder(order, "c".repeat(70), "Declined. ".repeat(90)));

            var rejected = read(order, 2);
            assertThat(text(rejected, "status", "stock_status", "waiting_on", "actions"))
                    .containsExactly("rejected", "released", "null", "[]");
            assertThat(rejected.at("/rejection/code").asText()).isEqualTo("c".repeat(64));
            assertThat(rejected.at("/rejection/detail").asText()).startsWith("Declined. ").hasSize(500);
        }

        @Test
        void offers_nothing_once_a_cancellation_is_requested() {
            OrderId order = id(place());
            events.publish(new StockReserved(BEANS, order, new Quantity(2)));

            var requested = counter.post("/v1/orders/" + order + "/cancellations", "{\"reason\": \"too slow\"}");

            assertThat(requested.getStatusCode()).isEqualTo(HttpStatus.CREATED);
            assertThat(requested.getHeaders().getLocation()).hasPath("/v1/orders/" + order);
            assertThat(text(requested.getBody(), "order_id", "reason")).containsExactly(order.value(), "too slow");
            assertThat(text(read(order, 3), "status", "actions")).containsExactly("placed", "[]");
            events.publish(new StockReleased(BEANS, order, new Quantity(2)));
            send(new CancelOrder(order));
            assertThat(text(read(order, 5), "status", "stock_status", "rejection", "waiting_on"))
                    .containsExactly("cancelled", "released", "null", "null");
        }

        @Test
        void answers_the_same_after_a_replay() {
            OrderId order = id(place());
            events.publish(new StockReserved(BEANS, order, new Quantity(2)));
            authorize(order);
            confirm(order);
            dispatch(order, 2);
            takeBack(order, "return-1", 1, 1);
            events.publish(new StockReturned(BEANS, order, "ret_1", new Quantity(1), false));
            send(new CompleteOrder(order));
            send(new ReportAfterSalesWait(order, waiting(Code.REFUND)));
            send(new RejectOrder(id(place("R-9")), "out_of_stock", "None left."));
            read(order, 9);

            Settled.assertUnchangedBy(application, () -> {
                processor().shutDown();
                processor().resetTokens();
                assertThat(tables()).startsWith(List.of(), List.of(), List.of());
                processor().start();
            }, OrderModuleTest.this::tables);
        }

        @Test
        void does_not_lose_a_fact_about_an_order_that_is_not_there() {
            var nobody = new OrderId("ord_" + UUID.randomUUID());

            events.publish(new StockReserved(BEANS, nobody, new Quantity(2)));

            await().until(() -> jdbc.sql("SELECT COUNT(*) FROM axon.dead_letter_entry"
                    + " WHERE processing_group = 'order-projection' AND sequence_identifier = ?")
                    .param(nobody.value()).query(Integer.class).single() == 1);
        }
    }

    @Nested
    class while_the_projection_is_behind {

        @Test
        void an_order_is_waited_for() throws Exception {
            CompletableFuture<ResponseEntity<JsonNode>> found;
            processor().shutDown();
            try {
                OrderId order = id(place());
                found = CompletableFuture.supplyAsync(() -> counter.get("/v1/orders/" + order));
                awaitSubscriber();
            } finally {
                processor().start();
            }

            assertThat(found.get().getStatusCode()).isEqualTo(HttpStatus.OK);
        }

        @Test
        void an_order_is_told_from_one_that_does_not_exist() {
            processor().shutDown();
            try {
                var found = counter.get("/v1/orders/" + id(place()));

                expectProblem(found, HttpStatus.SERVICE_UNAVAILABLE, "busy");
                assertThat(found.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
                expectProblem(counter.get("/v1/orders/ord_nobody"), HttpStatus.NOT_FOUND, "unknown_order");
            } finally {
                processor().start();
            }
        }

        @Test
        void an_sku_that_just_came_is_waited_for() throws Exception {
            var tea = new Sku("TEA-" + UUID.randomUUID());
            CompletableFuture<ResponseEntity<JsonNode>> placed;
            processor().shutDown();
            try {
                events.publish(new StockReceived(tea, "mov_1", new Quantity(100), null));
                placed = CompletableFuture.supplyAsync(() -> counter.post("/v1/orders", key,
                        Counter.order(tea.value())));
                TimeUnit.MILLISECONDS.sleep(500);
                assertThat(placed).isNotDone();
            } finally {
                processor().start();
            }

            assertThat(placed.get().getStatusCode()).as(placed.get().toString()).isEqualTo(HttpStatus.CREATED);
        }

        @Test
        void an_sku_whose_event_came_late_is_waited_for(@Autowired TokenStore tokens,
                @Autowired TransactionManager transactions, @Autowired EventStore store) throws Exception {
            var tea = new Sku("TEA-" + UUID.randomUUID());
            CompletableFuture<ResponseEntity<JsonNode>> placed;
            processor().shutDown();
            try {
                events.publish(new StockReceived(tea, "mov_late", new Quantity(100), null));
                long late = store.createHeadToken().position().orElseThrow();
                events.publish(new StockReceived(BEANS, "mov_early", new Quantity(1), null));
                transactions.executeInTransaction(() -> tokens.storeToken(GapAwareTrackingToken.newInstance(
                        store.createHeadToken().position().orElseThrow(), Set.of(late)), "order-projection", 0));
                placed = CompletableFuture.supplyAsync(() -> counter.post("/v1/orders", key,
                        Counter.order(tea.value())));
                TimeUnit.MILLISECONDS.sleep(500);
                assertThat(placed).isNotDone();
            } finally {
                processor().start();
            }

            assertThat(placed.get().getStatusCode()).as(placed.get().toString()).isEqualTo(HttpStatus.CREATED);
        }

        @Test
        void no_sku_is_forgotten(@Autowired KnownSkus skus, @Autowired CatchUp catchUp) {
            skus.requireKnown(List.of(BEANS));
            processor().shutDown();
            try {
                processor().resetTokens();

                new KnownSkus(jdbc, catchUp).requireKnown(List.of(BEANS));
            } finally {
                processor().start();
            }
        }
    }

    @Nested
    class waiting_for_an_outcome {

        @Test
        void ends_as_soon_as_there_is_one() throws Exception {
            var answer = CompletableFuture.supplyAsync(() -> place("R-1", "Prefer", "wait=20"));
            awaitSubscriber();
            OrderId order = new OrderId(jdbc.sql("SELECT aggregate_identifier FROM axon.domain_event_entry"
                    + " ORDER BY global_index DESC LIMIT 1").query(String.class).single());
            confirm(order);

            assertThat(answer.get().getStatusCode()).isEqualTo(HttpStatus.CREATED);
            assertThat(answer.get().getHeaders().getLocation()).hasPath("/v1/orders/" + order);
            assertThat(answer.get().getHeaders().getFirst("Preference-Applied")).isEqualTo("wait=20");
            assertThat(answer.get().getBody()).isEqualTo(read(order, 2));
        }

        @Test
        void ends_with_the_order_as_it_is_when_the_time_is_up() {
            var answer = place("R-1", "Prefer", "wait=1");

            assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.CREATED);
            assertThat(answer.getHeaders().getFirst("Preference-Applied")).isEqualTo("wait=1");
            assertThat(answer.getBody().path("status").asText()).isEqualTo("placed");
        }

        @Test
        void is_left_out_when_the_preference_makes_no_sense() {
            var answer = place("R-1", "Prefer", "wait=soon");

            assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.CREATED);
            assertThat(answer.getHeaders().getFirst("Preference-Applied")).isNull();
        }
    }

    @Nested
    class dispatching {

        @Test
        void answers_with_the_shipment_and_repeats_it() {
            OrderId order = id(place());
            confirm(order);
            String body = "{\"carrier\": \"DHL\", \"tracking_number\": \"42\"}";

            var first = counter.post("/v1/orders/" + order + "/shipments", key + "-s", body);
            var second = counter.post("/v1/orders/" + order + "/shipments", key + "-s", body);

            assertThat(first.getStatusCode()).isEqualTo(HttpStatus.CREATED);
            assertThat(first.getHeaders().getLocation()).hasPath("/v1/orders/" + order);
            assertThat(first.getBody().path("id").asText()).startsWith("shp_");
            assertThat(text(first.getBody(), "order_id", "lines.0.sku", "lines.0.quantity", "carrier",
                    "tracking_number", "value.amount")).containsExactly(order.value(), "BEANS", "2", "DHL", "42",
                            "3600");
            assertThat(second.getStatusCode()).isEqualTo(HttpStatus.CREATED);
            assertThat(second.getBody()).isEqualTo(first.getBody());
            read(order, 3);
        }

        @Test
        void says_how_much_is_left_when_too_much_is_asked_for() {
            OrderId order = id(place());
            confirm(order);

            var refused = counter.post("/v1/orders/" + order + "/shipments",
                    "{\"lines\": [{\"sku\": \"BEANS\", \"quantity\": 3}]}");

            expectProblem(refused, HttpStatus.CONFLICT, "more_than_ordered");
            assertThat(text(refused.getBody(), "sku", "left")).containsExactly("BEANS", "2");
        }
    }

    @Nested
    class returning {

        @Test
        void answers_with_the_return_and_repeats_it_whatever_has_become_of_it() {
            OrderId order = dispatched();
            var first = takeBack(order, key + "-r", 1, 1);
            send(new CloseReturn(order, first.getBody().path("id").asText(), null, ExpectedVersion.ANY));
            read(order, 5);

            var second = takeBack(order, key + "-r", 1, 1);

            assertThat(first.getStatusCode()).isEqualTo(HttpStatus.CREATED);
            assertThat(first.getHeaders().getLocation()).hasPath("/v1/orders/" + order);
            assertThat(first.getBody().path("id").asText()).startsWith("ret_");
            assertThat(text(first.getBody(), "order_id", "lines.0.sku", "lines.0.quantity", "lines.0.condition",
                    "lines.1.condition", "value.amount", "reason", "status")).containsExactly(order.value(), "BEANS",
                            "1", "restock", "damaged", "3600", "too bitter", "open");
            assertThat(second.getStatusCode()).isEqualTo(HttpStatus.CREATED);
            assertThat(second.getBody()).isEqualTo(first.getBody());
        }

        @Test
        void shows_what_came_back_and_what_became_of_it() {
            OrderId order = dispatched();
            assertThat(text(read(order, 3), "actions", "returns")).containsExactly("[\"return\"]", "[]");

            String returned = takeBack(order, key + "-r", 1, 1).getBody().path("id").asText();
            assertThat(text(read(order, 4), "actions", "returns.0.id", "returns.0.value.amount", "returns.0.status",
                    "lines.0.returned")).containsExactly("[]", returned, "3600", "open", "0");
            events.publish(new StockReturned(BEANS, order, returned, new Quantity(1), false));
            events.publish(new StockReturned(BEANS, order, returned, new Quantity(1), true));
            assertThat(text(read(order, 6), "lines.0.returned")).containsExactly("2");
            send(new CloseReturn(order, returned, null, ExpectedVersion.ANY));
            assertThat(text(read(order, 7), "returns.0.status")).containsExactly("closed");
        }

        @Test
        void waits_again_after_the_order_was_completed_and_then_on_nothing() {
            OrderId order = dispatched();
            send(new CompleteOrder(order));
            send(new ReportAfterSalesWait(order, waiting(Code.REFUND)));
            assertThat(text(read(order, 5), "status", "waiting_on.code")).containsExactly("completed", "refund");
            send(new ReportAfterSalesWait(order, null));
            assertThat(text(read(order, 6), "status", "waiting_on")).containsExactly("completed", "null");
        }

        @Test
        void goes_on_being_awaited_while_the_order_is_completed() {
            OrderId order = dispatched();
            send(new ReportAfterSalesWait(order, waiting(Code.REFUND)));
            assertThat(text(read(order, 3), "waiting_on.code")).containsExactly("payment_capture");
            send(new CompleteOrder(order));
            assertThat(text(read(order, 4), "status", "waiting_on.code")).containsExactly("completed", "refund");
        }

        @Test
        void offers_a_refund_while_there_is_money_to_pay_back() {
            OrderId order = id(place());
            pay(order, PaymentStatus.PARTIALLY_CAPTURED);
            assertThat(text(read(order, 2), "actions")).containsExactly("[\"cancel\",\"refund\"]");
            pay(order, PaymentStatus.CAPTURED);
            assertThat(text(read(order, 3), "actions")).containsExactly("[\"cancel\",\"refund\"]");
            pay(order, PaymentStatus.PARTIALLY_REFUNDED);
            assertThat(text(read(order, 4), "actions")).containsExactly("[\"cancel\",\"refund\"]");
            pay(order, PaymentStatus.REFUNDED);
            assertThat(text(read(order, 5), "actions")).containsExactly("[\"cancel\"]");
        }

        @Test
        void says_how_much_is_left_when_too_much_comes_back() {
            OrderId order = dispatched();

            var refused = takeBack(order, key + "-r", 2, 1);

            expectProblem(refused, HttpStatus.CONFLICT, "more_than_dispatched");
            assertThat(text(refused.getBody(), "sku", "left")).containsExactly("BEANS", "2");
        }

        @Test
        void is_closed_by_hand_when_it_cannot_be_closed_by_itself() {
            OrderId order = dispatched();
            String returned = takeBack(order, key + "-r", 1, 1).getBody().path("id").asText();
            String closures = "/v1/orders/" + order + "/returns/" + returned + "/closures";

            var closed = counter.post(closures, "{\"note\": \"paid in cash\"}");

            assertThat(closed.getStatusCode()).isEqualTo(HttpStatus.CREATED);
            assertThat(text(closed.getBody(), "id", "status")).containsExactly(returned, "closed");
            assertThat(text(read(order, 5), "returns.0.status")).containsExactly("closed");
            expectProblem(counter.post(closures, "{}"), HttpStatus.BAD_REQUEST, "validation_failed");
            expectProblem(counter.post(closures.replace(returned, "ret_other"), "{\"note\": \"x\"}"),
                    HttpStatus.NOT_FOUND, "unknown_return");
        }

        private OrderId dispatched() {
            OrderId order = id(place());
            confirm(order);
            dispatch(order, 2);
            return order;
        }

        private void pay(OrderId order, PaymentStatus status) {
            events.publish(new PaymentCaptured(PaymentId.of(order), order, "capture-1", "shp_1",
                    new Money("EUR", 3600), new Money("EUR", 3600), status));
        }
    }

    @Nested
    class searching {

        private final String customer = "c-" + UUID.randomUUID();

        @Test
        void finds_by_every_criterion_and_by_all_together() {
            var tea = new Sku("TEA-" + UUID.randomUUID());
            events.publish(new StockReceived(tea, "mov_1", new Quantity(100), null));
            OrderId first = place("R-A", BEANS);
            OrderId second = place("R-B", tea);
            send(new RejectOrder(first, "out_of_stock", "None left."));
            read(first, 2);

            assertThat(find("customer=" + customer)).containsExactly(second.value(), first.value());
            assertThat(find("customer=" + customer + "&reference=R-A")).containsExactly(first.value());
            assertThat(find("sku=" + tea)).containsExactly(second.value());
            assertThat(find("customer=" + customer + "&status=rejected")).containsExactly(first.value());
            assertThat(find("customer=" + customer + "&waiting_on=stock")).containsExactly(second.value());
            assertThat(find("customer=" + customer + "&waiting_on=gateway")).isEmpty();
            assertThat(find("status=placed&reference=R-B&customer=" + customer + "&sku=" + tea
                    + "&waiting_on=stock&created_from=2026-01-01T00:00:00Z")).containsExactly(second.value());
        }

        @Test
        void bounds_the_time_of_placing() {
            OrderId order = place("R-1", BEANS);
            String placedAt = read(order, 1).path("created_at").asText();

            assertThat(find("customer=" + customer + "&created_from=" + placedAt)).containsExactly(order.value());
            assertThat(find("customer=" + customer + "&created_to=" + placedAt)).isEmpty();
            assertThat(find("customer=" + customer + "&created_to=2026-01-01T00:00:00%2B02:00")).isEmpty();
            assertThat(find("customer=" + customer + "&created_from=1970-01-01T00:00:00-08:00")).hasSize(1);
        }

        @Test
        void is_followed_page_by_page_newest_first() {
            var placed = new ArrayList<String>();
            for (int order = 0; order < 5; order++) {
                placed.add(0, place("R-" + order, BEANS).value());
            }
            read(new OrderId(placed.get(0)), 1);
            var found = new ArrayList<String>();
            String next = "/v1/orders?limit=2&customer=" + customer;
            while (next != null) {
                var page = counter.get(next);
                page.getBody().path("items").forEach(item -> found.add(item.path("id").asText()));
                String link = page.getHeaders().get(HttpHeaders.LINK).stream()
                        .filter(relation -> relation.endsWith("rel=\"next\"")).findFirst().orElse(null);
                assertThat(link == null).isEqualTo(page.getBody().path("next").isNull());
                next = link == null ? null : link.substring(link.indexOf("/v1"), link.indexOf('>'));
            }

            assertThat(found).isEqualTo(placed);
        }

        private OrderId place(String reference, Sku sku) {
            var placed = counter.post("/v1/orders", Counter.order(reference, customer, sku.value()));
            read(id(placed), 1);
            return id(placed);
        }

        private List<String> find(String criteria) {
            var page = counter.get("/v1/orders?" + criteria);
            assertThat(page.getStatusCode()).as(page.toString()).isEqualTo(HttpStatus.OK);
            return page.getBody().path("items").findValuesAsText("id").stream().filter(id -> id.startsWith("ord_"))
                    .toList();
        }
    }

    private ResponseEntity<JsonNode> place() {
        return place("R-1");
    }

    private ResponseEntity<JsonNode> place(String reference, String... headers) {
        return counter.post("/v1/orders", key + (reference.equals("R-1") ? "" : reference),
                Counter.order(reference, "c-1", "BEANS"), headers);
    }

    private void dispatch(OrderId order, int quantity) {
        assertThat(counter.post("/v1/orders/" + order + "/shipments",
                "{\"lines\": [{\"sku\": \"BEANS\", \"quantity\": %d}]}".formatted(quantity)).getStatusCode())
                        .isEqualTo(HttpStatus.CREATED);
    }

    private ResponseEntity<JsonNode> takeBack(OrderId order, String request, int good, int damaged) {
        return counter.post("/v1/orders/" + order + "/returns", request, """
                {"reason": "too bitter", "lines": [{"sku": "BEANS", "quantity": %d, "condition": "restock"},
                 {"sku": "BEANS", "quantity": %d, "condition": "damaged"}]}""".formatted(good, damaged));
    }

    private void authorize(OrderId order) {
        events.publish(new PaymentAuthorized(PaymentId.of(order), order, "authorize-1", new Money("EUR", 3600), "a", null));
    }

    private void confirm(OrderId order) {
        send(new ConfirmOrder(order, waiting(Code.DISPATCH)));
    }

    private void send(Object command) {
        commands.sendAndWait(command);
    }

    private static WaitingOn waiting(Code code) {
        Instant since = Instant.parse("2026-03-02T12:00:00Z");
        return new WaitingOn(code, since, since.plusSeconds(60));
    }

    private static OrderId id(ResponseEntity<JsonNode> answer) {
        return new OrderId(answer.getBody().path("id").asText());
    }

    private JsonNode read(OrderId order, int version) {
        return await().until(() -> counter.get("/v1/orders/" + order).getBody(),
                view -> view.path("version").asInt() == version);
    }

    private static List<String> text(JsonNode body, String... paths) {
        return List.of(paths).stream().map(path -> body.at("/" + path.replace('.', '/')))
                .map(node -> node.isContainerNode() ? node.toString() : node.asText()).toList();
    }

    private void awaitSubscriber() {
        await().until(() -> !updates.activeSubscriptions().isEmpty());
    }

    private List<List<Map<String, Object>>> tables() {
        return List.of(jdbc.sql("SELECT * FROM orders.customer_order ORDER BY id").query().listOfRows(),
                jdbc.sql("SELECT * FROM orders.order_line ORDER BY order_id, position").query().listOfRows(),
                jdbc.sql("SELECT * FROM orders.order_return ORDER BY order_id, position").query().listOfRows(),
                jdbc.sql("SELECT * FROM orders.known_sku ORDER BY sku").query().listOfRows());
    }

    private StreamingEventProcessor processor() {
        return processing.eventProcessor("order-projection", StreamingEventProcessor.class).orElseThrow();
    }
}
