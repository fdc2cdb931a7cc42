package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.flow.Shop.Line;
import io.orderflow.inventory.command.ReceiveStock;
import io.orderflow.inventory.event.StockReceived;
import io.orderflow.order.command.PlaceOrder;
import io.orderflow.order.event.Customer;
import io.orderflow.order.event.OrderLine;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.platform.spi.ProcessorTokens;
import io.orderflow.shared.Quantity;
import io.orderflow.packaged.TestStore;
import io.orderflow.shared.Sku;
import io.orderflow.shared.WaitingOn;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoresFlowTest {

    private RunningOrderflow orderflow;
    private Shop shop;

    @BeforeAll
    void start(@TempDir Path data) {
        orderflow = RunningOrderflow.start(data);
        shop = orderflow.shop();
    }

    @AfterAll
    void stop() {
        orderflow.close();
    }

    @Test
    void a_second_event_with_the_same_sequence_number_is_a_concurrency_conflict() {
        var engine = orderflow.bean(EventStorageEngine.class);
        engine.appendEvents(new GenericDomainEventMessage<>("Test", "race", 0, "first"));
        engine.appendEvents(new GenericDomainEventMessage<>("Test", "race", 1, "second"));

        assertThatThrownBy(() -> engine.appendEvents(new GenericDomainEventMessage<>("Test", "race", 1, "late")))
                .isInstanceOf(ConcurrencyException.class);
    }

    @Test
    void events_that_fill_a_gap_are_read_with_those_that_follow() {
        var engine = orderflow.bean(EventStorageEngine.class);
        for (int event = 0; event < 5; event++) {
            engine.appendEvents(new GenericDomainEventMessage<>("Test", "gaps", event, "event " + event));
        }
        List<Long> indexes = orderflow.bean(JdbcTemplate.class).queryForList("SELECT global_index"
                + " FROM axon.domain_event_entry WHERE aggregate_identifier = 'gaps' ORDER BY 1", Long.class);
        var token = GapAwareTrackingToken.newInstance(indexes.get(3), Set.of(indexes.get(1)));

        try (var read = engine.readEvents(token, false)) {
            assertThat(read.map(TrackedEventMessage::getPayload).limit(2).toList())
                    .asList().containsExactly("event 1", "event 4");
        }
    }

    /** As after a stop longer than the gap time-out, when a slow transaction was the last to commit. */
    @Test
    void events_that_fill_many_old_gaps_are_not_skipped_whatever_the_order_of_the_table() {
        var engine = orderflow.bean(EventStorageEngine.class);
        var jdbc = orderflow.bean(JdbcTemplate.class);
        Instant longAgo = Instant.now().minus(Duration.ofDays(1));
        for (int event = 0; event < 300; event++) {
            engine.appendEvents(new GenericDomainEventMessage<>("Test", "late", event, "event " + event,
                    MetaData.emptyInstance(), "late-" + event, longAgo));
        }
        List<Long> indexes = jdbc.queryForList("SELECT global_index FROM axon.domain_event_entry"
                + " WHERE aggregate_identifier = 'late' ORDER BY 1", Long.class);
        long last = indexes.get(299);
        jdbc.execute("CREATE TABLE committed_late AS SELECT * FROM axon.domain_event_entry"
                + " WHERE aggregate_identifier = 'late' AND global_index < " + last);
        jdbc.update("DELETE FROM axon.domain_event_entry WHERE aggregate_identifier = 'late' AND global_index < ?", last);
        jdbc.update("INSERT INTO axon.domain_event_entry SELECT * FROM committed_late ORDER BY global_index");
        jdbc.execute("DROP TABLE committed_late");
        jdbc.execute(TestStore.isPostgres() ? "ANALYZE axon.domain_event_entry" : "ANALYZE");
        var token = GapAwareTrackingToken.newInstance(last, Set.copyOf(indexes.subList(0, 299)));

        try (var read = engine.readEvents(token, false)) {
            assertThat(read.limit(299).map(event -> event.trackingToken().position().orElseThrow()).toList())
                    .hasSize(299).containsOnly(last);
        }
    }

    /** As when a node is frozen for a while and many others go on. */
    @Test
    void an_event_that_is_committed_after_many_others_is_not_skipped() throws Exception {
        var jdbc = orderflow.bean(JdbcTemplate.class);
        shop.receive("HELD-UP", 1);
        String order = orderflow.orderOf("held-up");
        var appended = new CountDownLatch(1);
        var overtaken = new CountDownLatch(1);
        var late = CompletableFuture.runAsync(() -> new TransactionTemplate(
                orderflow.bean(PlatformTransactionManager.class)).executeWithoutResult(open -> {
                    orderflow.bean(CommandGateway.class).sendAndWait(placeHeldUp(order));
                    appended.countDown();
                    await().atMost(Duration.ofMinutes(1)).until(() -> overtaken.await(1, TimeUnit.SECONDS));
                }));
        assertThat(appended.await(20, TimeUnit.SECONDS)).isTrue();
        appendMany(jdbc);
        long head = jdbc.queryForObject("SELECT MAX(global_index) FROM axon.domain_event_entry", Long.class);
        var tokens = orderflow.bean(ProcessorTokens.class);
        await().atMost(Duration.ofMinutes(1)).until(() -> tokens.all().stream()
                .allMatch(segment -> segment.position() >= head));
        overtaken.countDown();
        late.get(20, TimeUnit.SECONDS);

        shop.awaitStatus(order, "confirmed");
    }

    private static PlaceOrder placeHeldUp(String order) {
        var line = new OrderLine(new Sku("HELD-UP"), new Quantity(1), new Money("EUR", 1000));
        return new PlaceOrder(new OrderId(order), "shop", "held-up", new Customer("c-1", "ada@example.org"), "EUR",
                List.of(line), new PaymentMethod("tok_ok"), null, "request",
                new WaitingOn(WaitingOn.Code.STOCK_RESERVATION, Instant.now(), null), Instant.now());
    }

    /** More than the default number of events after which Axon drops a gap. */
    private void appendMany(JdbcTemplate jdbc) {
        orderflow.bean(EventStorageEngine.class).appendEvents(
                new GenericDomainEventMessage<>("Test", "many-like-this", 0, "one of many"));
        jdbc.update("INSERT INTO axon.domain_event_entry (event_identifier, aggregate_identifier, sequence_number, type,"
                + " time_stamp, payload_type, payload, meta_data) SELECT CONCAT('many-', n), 'many', n, type, time_stamp,"
                + " payload_type, payload, meta_data FROM axon.domain_event_entry, "
                + (TestStore.isPostgres() ? "generate_series" : "SYSTEM_RANGE")
                + "(0, 10499) AS s(n) WHERE aggregate_identifier = 'many-like-this'");
    }

    /** A refusal appends nothing, so that no conflict would reveal a decision on stale state. */
    @Test
    void events_of_another_node_are_applied_before_a_command_is_refused() {
        var engine = orderflow.bean(EventStorageEngine.class);
        shop.receive("TWO-NODES", 5);
        engine.appendEvents(new GenericDomainEventMessage<>("StockItem", "stock_TWO-NODES", 1,
                new StockReceived(new Sku("TWO-NODES"), "mov_other-node", new Quantity(10), null)));

        shop.post("/v1/stock/TWO-NODES/adjustments", """
                {"counted":14,"expected_on_hand":15,"reason":"count"}""").expect(201);
        shop.post("/v1/stock/TWO-NODES/adjustments", """
                {"counted":13,"expected_on_hand":15,"reason":"count"}""").expect(409);
        assertThat(engine.readEvents("stock_TWO-NODES", 0).asStream().count()).isEqualTo(3);
    }

    @Test
    void events_that_were_rolled_back_are_not_cached() {
        var commands = orderflow.bean(CommandGateway.class);
        shop.receive("ROLLED-BACK", 5);
        var work = DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>("outer"));
        work.attachTransaction(orderflow.bean(TransactionManager.class));
        work.onPrepareCommit(done -> {
            throw new IllegalStateException("The outer unit of work fails");
        });

        assertThatThrownBy(() -> work.execute(() -> commands.sendAndWait(new ReceiveStock(new Sku("ROLLED-BACK"),
                "mov_rolled-back", new Quantity(4), null)))).hasMessageContaining("outer unit of work");

        shop.post("/v1/stock/ROLLED-BACK/adjustments", """
                {"counted":4,"expected_on_hand":5,"reason":"count"}""").expect(201);
    }

    @Test
    void every_processor_is_pooled_and_none_is_in_error() {
        orderflow.settle();
        var processors = orderflow.bean(EventProcessingConfiguration.class).eventProcessors();

        assertThat(processors).containsKeys("OrderFulfillmentProcessor", "order-projection", "payment-projection",
                "payment-gateway", "inventory-projection", "tracking-timeline");
        assertThat(processors.values()).allSatisfy(processor ->
                assertThat(processor).isInstanceOfSatisfying(PooledStreamingEventProcessor.class, pooled ->
                        assertThat(pooled.processingStatus().values()).isNotEmpty()
                                .noneMatch(segment -> segment.isErrorState())));
    }

    /** Otherwise a crash could leave half of a transaction (docs/adr/0008). */
    @Test
    @DisabledIf("io.orderflow.packaged.TestStore#isPostgres")
    void statements_that_write_to_the_embedded_store_pass_its_gate() throws Exception {
        var store = orderflow.bean(DataSource.class);
        try (var connection = store.getConnection()) {
            assertThat(Proxy.isProxyClass(connection.getClass())).isTrue();
            assertThat(Proxy.isProxyClass(connection.prepareStatement("DELETE FROM axon.token_entry").getClass())).isTrue();
            assertThat(Proxy.isProxyClass(connection.prepareStatement("SELECT token FROM axon.token_entry FOR UPDATE").getClass())).isTrue();
            assertThat(Proxy.isProxyClass(connection.prepareStatement("SELECT 1").getClass())).isFalse();
        }
    }

    @Test
    void xstream_is_not_on_the_class_path() {
        assertThatThrownBy(() -> Class.forName("com.thoughtworks.xstream.XStream"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void an_event_that_a_projection_cannot_handle_is_parked_while_other_orders_go_on() {
        var jdbc = orderflow.bean(JdbcTemplate.class);
        shop.receive("PARKED", 5);
        shop.receive("PARKED-TOO", 5);
        shop.awaitStatus(shop.place("tok_ok", new Line("PARKED", 1)), "confirmed");
        String parked = orderflow.orderOf("parked");
        jdbc.update("INSERT INTO orders.order_line VALUES (?, 1, 'IN-THE-WAY', 1, 1, 0, 0, 0)", parked);

        shop.post("/v1/orders", Shop.order("tok_ok", new Line("PARKED", 1), new Line("PARKED-TOO", 1)), "parked")
                .expect(201);
        await().until(() -> letters(jdbc) > 5);
        shop.awaitStatus(shop.place("tok_ok", new Line("PARKED", 1)), "confirmed");
        assertThat(jdbc.queryForList("SELECT id FROM orders.customer_order WHERE id = ?", parked)).isEmpty();
        assertThat(shop.get("/v1/orders/" + parked).status()).isEqualTo(503);

        jdbc.update("DELETE FROM orders.order_line WHERE order_id = ?", parked);
        var letters = orderflow.bean(EventProcessingConfiguration.class)
                .sequencedDeadLetterProcessor("order-projection").orElseThrow();
        await().until(() -> letters.processAny() && letters(jdbc) == 0);
        assertThat(shop.awaitStatus(parked, "confirmed").path("lines")).hasSize(2);
    }

    private static long letters(JdbcTemplate jdbc) {
        return jdbc.queryForObject("SELECT COUNT(*) FROM axon.dead_letter_entry", Long.class);
    }
}
