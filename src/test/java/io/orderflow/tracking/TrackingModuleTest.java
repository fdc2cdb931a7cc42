package io.orderflow.tracking;

import static io.orderflow.tracking.Stories.ON_GATEWAY;
import static io.orderflow.tracking.Stories.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.packaged.DemoUser;
import io.orderflow.packaged.Settled;
import io.orderflow.platform.spi.Cursor;
import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

@ApplicationModuleTest(extraIncludes = {"platform", "shared"}, webEnvironment = WebEnvironment.RANDOM_PORT)
@TestPropertySource(properties = {
        "spring.datasource.url=jdbc:h2:mem:tracking;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000",
        "orderflow.store.durability=best-effort",
        "orderflow.catch-up=5s", "server.tomcat.connection-timeout=3s", "orderflow.tracking.heartbeat=50ms", "orderflow.tracking.max-streams=3"})
class TrackingModuleTest {

    @Autowired
    private EventStore events;
    @Autowired
    private EventProcessingConfiguration processing;
    @Autowired
    private TimelineRows timelines;
    @Autowired
    private Feed feed;
    @Autowired
    private LiveStreams live;
    @Autowired
    private FeedRows rows;
    @Autowired
    private TransactionTemplate transaction;
    @Autowired
    private JdbcTemplate batches;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private ApplicationContext application;
    @Autowired
    private ObjectMapper json;
    @LocalServerPort
    private int port;

    private TestRestTemplate http;
    private Stories story;
    private long announced;

    @BeforeEach
    void order_something_new(@Autowired TestRestTemplate anybody) {
        http = anybody.withBasicAuth("staff", "staff");
        story = new Stories(new OrderId("ord_" + UUID.randomUUID()));
    }

    @AfterEach
    void everything_is_released() {
        await().untilAsserted(() -> {
            assertThat(feed.followers()).isZero();
            assertThat(live.free()).isEqualTo(3);
        });
    }

    @Nested
    class the_timeline {

        @Test
        void tells_every_fact_in_the_language_of_the_web() {
            announce(story.fulfilled());
            awaitEntries(9);

            JsonNode told = get(HttpStatus.OK);
            assertThat(told.get("order_id").asText()).isEqualTo(story.order().value());
            assertThat(told.get("waiting_on").isNull()).isTrue();
            assertThat(told.get("entries")).hasSize(9);
            JsonNode second = told.get("entries").get(2);
            assertThat(second.get("id").asLong()).isEqualTo(3);
            assertThat(second.get("text").asText())
                    .isEqualTo("Waiting for the gateway to authorize the payment");
            assertThat(second.get("waiting_on").get("party").asText()).isEqualTo("gateway");
            assertThat(second.get("waiting_on").get("deadline").asText()).isEqualTo("2026-03-02T12:30:00Z");
        }

        @Test
        void of_an_unknown_order_is_not_found() {
            assertThat(get(HttpStatus.NOT_FOUND).get("code").asText()).isEqualTo("unknown_order");
        }

        @Test
        void waits_for_an_order_that_is_newer_than_the_projection() {
            StreamingEventProcessor processor = processor();
            processor.shutDown();
            announce(story.placed());

            var answer = CompletableFuture.supplyAsync(() -> get(HttpStatus.OK));
            await().until(() -> feed.followers() > 0);
            processor.start();

            assertThat(answer.join().get("entries")).hasSize(1);
        }

        @Test
        void is_busy_rather_than_not_found_when_the_projection_is_far_behind() {
            StreamingEventProcessor processor = processor();
            processor.shutDown();
            announce(story.placed());

            assertThat(get(HttpStatus.SERVICE_UNAVAILABLE).get("code").asText()).isEqualTo("busy");
            processor.start();
        }

        @Test
        void is_the_same_after_a_replay() {
            announce(story.fulfilled());

            Settled.assertUnchangedBy(application, () -> {
                processor().shutDown();
                processor().resetTokens();
                assertThat(table()).isEmpty();
                processor().start();
            }, TrackingModuleTest.this::table);
        }
    }

    @Nested
    class the_stream {

        @Test
        void tells_what_was_and_then_what_comes_until_the_order_has_ended() throws Exception {
            announce(story.placed(), story.reserved());
            awaitEntries(2);

            try (var stream = open(null)) {
                assertThat(stream.header("Content-Type")).startsWith(MediaType.TEXT_EVENT_STREAM_VALUE);
                assertThat(stream.take(2)).extracting(EventStream.Event::id, EventStream.Event::name)
                        .containsExactly(tuple("1", "OrderPlaced"), tuple("2", "StockReserved"));

                announce(story.authorized(TOTAL));
                assertThat(stream.take(1)).extracting(EventStream.Event::id, EventStream.Event::name)
                        .containsExactly(tuple("3", "PaymentAuthorized"));

                announce(story.completed());
                assertThat(stream.rest()).extracting(EventStream.Event::name).containsExactly("OrderCompleted");
            }
        }

        @Test
        void carries_the_entries_of_the_timeline() throws Exception {
            announce(story.placed());
            awaitEntries(1);

            try (var stream = open(null)) {
                JsonNode data = json.readTree(stream.take(1).get(0).data());
                assertThat(data).isEqualTo(get(HttpStatus.OK).get("entries").get(0));
            }
        }

        @Test
        void goes_on_strictly_after_the_last_event_id() throws Exception {
            announce(story.placed(), story.reserved(), story.waiting(ON_GATEWAY));
            awaitEntries(3);

            try (var stream = open("2")) {
                announce(story.authorized(TOTAL));
                assertThat(stream.take(2)).extracting(EventStream.Event::id).containsExactly("3", "4");
            }
        }

        @Test
        void of_an_ended_order_tells_the_rest_and_ends() throws Exception {
            announce(story.fulfilled());
            awaitEntries(9);

            try (var stream = open("7")) {
                assertThat(stream.rest()).extracting(EventStream.Event::id).containsExactly("8", "9");
            }
        }

        @Test
        void is_over_for_good_once_all_of_an_ended_order_is_told() throws Exception {
            announce(story.fulfilled());
            awaitEntries(9);

            try (var stream = open("9")) {
                assertThat(stream.status()).isEqualTo(204);
            }
        }

        @Test
        void beats_at_once_and_while_nothing_happens() throws Exception {
            announce(story.placed());
            awaitEntries(1);

            try (var stream = open("1")) {
                for (int beat = 0; beat < 3; beat++) {
                    assertThat(stream.next()).isEqualTo(new EventStream.Event(null, null, null, "heartbeat"));
                }
            }
        }

        @Test
        void of_an_unknown_order_is_not_found() throws Exception {
            try (var stream = open(null)) {
                assertThat(stream.status()).isEqualTo(404);
                assertThat(stream.header("Content-Type")).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
                assertThat(stream.body()).contains("unknown_order");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"two", "-1", "1.5", "99999999999999999999"})
        void refuses_a_last_event_id_that_is_none(String lastEventId) throws Exception {
            announce(story.placed());
            awaitEntries(1);

            try (var stream = open(lastEventId)) {
                assertThat(stream.status()).isEqualTo(400);
                assertThat(stream.header("Content-Type")).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            }
        }

        @Test
        void is_refused_when_too_many_are_open_and_welcome_once_one_has_gone() throws Exception {
            announce(story.placed());
            awaitEntries(1);

            try (var first = open(null); var second = open(null)) {
                var third = open(null);
                try (var refused = open(null)) {
                    assertThat(refused.status()).isEqualTo(503);
                    assertThat(refused.header("Retry-After")).isEqualTo("5");
                    assertThat(refused.body()).contains("too_many_streams");
                }

                third.close();
                await().until(() -> live.free() == 1);
                try (var welcome = open(null)) {
                    assertThat(List.of(first, second, welcome)).extracting(EventStream::status).containsOnly(200);
                }
            }
        }
    }

    @Nested
    class the_feed {

        private String now;

        @BeforeEach
        void everything_before_is_told() {
            Settled.await(application);
            now = page(null, 200).get("next").asText();
            for (JsonNode page = page(now, 200); !page.get("items").isEmpty(); page = page(now, 200)) {
                now = page.get("next").asText();
            }
        }

        @Test
        void tells_the_facts_of_all_orders_page_by_page() {
            var other = new Stories(new OrderId("ord_" + UUID.randomUUID()));
            announce(story.placed(), other.placed(), story.reserved());
            awaitEntries(2);

            JsonNode first = page(now, 2);
            assertThat(first.get("items").findValuesAsText("order_id")).containsExactly(story.order().value(),
                    other.order().value());
            assertThat(first.get("items").findValuesAsText("fact")).containsExactly("OrderPlaced", "OrderPlaced");
            JsonNode second = page(first.get("next").asText(), 2);
            assertThat(second.get("items").findValuesAsText("fact")).containsExactly("StockReserved");
            assertThat(page(second.get("next").asText(), 2)).isEqualTo(json.createObjectNode()
                    .<ObjectNode>set("items", json.createArrayNode()).set("next", second.get("next")));
        }

        @Test
        void tells_live_what_comes_and_goes_on_after_the_last_event_id() throws Exception {
            String last;
            try (var stream = openFeed(null)) {
                assertThat(stream.next().id()).isEqualTo(now);
                announce(story.placed());
                assertThat(stream.take(1)).extracting(EventStream.Event::name).containsExactly("OrderPlaced");
                announce(story.reserved());
                var reserved = stream.take(1).get(0);
                assertThat(json.readTree(reserved.data())).isEqualTo(get(HttpStatus.OK).get("entries").get(1));
                last = reserved.id();
            }
            announce(story.waiting(ON_GATEWAY), story.authorized(TOTAL));
            try (var stream = openFeed(last)) {
                assertThat(stream.take(2)).extracting(EventStream.Event::name)
                        .containsExactly("OrderWaiting", "PaymentAuthorized");
            }
        }

        @Test
        void goes_on_where_nothing_was_told_yet() throws Exception {
            String place;
            try (var stream = openFeed(null)) {
                place = stream.next().id();
                assertThat(place).isEqualTo(now);
            }
            announce(story.placed());
            try (var stream = openFeed(place)) {
                assertThat(stream.take(1)).extracting(EventStream.Event::name).containsExactly("OrderPlaced");
            }
        }

        @Test
        void tells_nothing_again_when_the_timelines_are_replayed() {
            announce(story.fulfilled());

            Settled.assertUnchangedBy(application, () -> {
                processor().shutDown();
                processor().resetTokens();
                assertThat(page(now, 200).get("items")).as("while they are not there").isEmpty();
                processor().start();
            }, () -> page(now, 200));
        }

        @Test
        void tells_what_was_parked_once_the_timelines_are_replayed_and_nothing_twice() {
            var parked = story;
            refuse(parked.order(), 1);
            announce(parked.placed(), parked.reserved());
            story = new Stories(new OrderId("ord_" + UUID.randomUUID()));
            announced = 0;
            announce(story.placed(), story.reserved());
            Settled.await(application);
            assertThat(told(parked.order())).isEmpty();
            JsonNode before = page(now, 200);
            accept_all();

            replay();

            assertThat(told(parked.order())).containsExactly("OrderPlaced", "StockReserved");
            assertThat(told(story.order())).containsExactly("OrderPlaced", "StockReserved");
            assertThat(page(now, 2).get("items")).as("what was told before").isEqualTo(before.get("items"));
        }

        @Test
        void tells_what_was_discarded_once_the_timelines_are_replayed_though_it_renumbers_them() {
            announce(story.placed());
            Settled.await(application);
            refuse(story.order(), 2);
            announce(story.reserved());
            Settled.await(application);
            jdbc.sql("DELETE FROM axon.dead_letter_entry WHERE sequence_identifier = ?").param(story.order().value())
                    .update();
            accept_all();
            announce(story.waiting(ON_GATEWAY));
            Settled.await(application);
            assertThat(told(story.order())).containsExactly("OrderPlaced", "OrderWaiting");

            replay();

            assertThat(told(story.order())).containsExactly("OrderPlaced", "OrderWaiting", "StockReserved");
        }

        @Test
        void tells_once_what_a_replay_refuses_and_a_retry_brings_back() {
            announce(story.placed());
            Settled.await(application);
            processor().shutDown();
            processor().resetTokens();
            refuse(story.order(), 1);
            processor().start();
            Settled.await(application);
            assertThat(told(story.order())).isEmpty();
            accept_all();

            processing.sequencedDeadLetterProcessor(TimelineProjection.GROUP).orElseThrow().processAny();

            Settled.await(application);
            assertThat(told(story.order())).containsExactly("OrderPlaced");
        }

        /** From this number on, no entry of this order can be written. */
        private void refuse(OrderId order, int from) {
            jdbc.sql("ALTER TABLE tracking.timeline_entry ADD CONSTRAINT refused CHECK (order_id <> '%s' OR id < %d)"
                    .formatted(order, from)).update();
        }

        @AfterEach
        void accept_all() {
            jdbc.sql("ALTER TABLE tracking.timeline_entry DROP CONSTRAINT IF EXISTS refused").update();
        }

        private void replay() {
            processor().shutDown();
            processor().resetTokens();
            processor().start();
            Settled.await(application);
        }

        private List<String> told(OrderId order) {
            return StreamSupport.stream(page(now, 200).get("items").spliterator(), false)
                    .filter(fact -> fact.get("order_id").asText().equals(order.value()))
                    .map(fact -> fact.get("fact").asText()).toList();
        }

        @Test
        void tells_a_shop_of_its_own_orders_only(@Autowired TestRestTemplate anybody) {
            var another = new Stories(new OrderId("ord_" + UUID.randomUUID()));
            announce(story.placed(), another.placed());
            awaitEntries(1);
            await().until(() -> page(now, 200).get("items").size() == 2);
            jdbc.sql("UPDATE tracking.timeline_entry SET shop = 'another' WHERE order_id = ?")
                    .param(another.order().value()).update();
            try {
                JsonNode own = anybody.withBasicAuth("shop", "shop").getForObject("/v1/events?cursor=" + now, JsonNode.class);
                assertThat(own.get("items").findValuesAsText("order_id")).containsExactly(story.order().value());
                assertThat(own.get("next")).isEqualTo(page(now, 50).get("next"));
            } finally {
                jdbc.sql("UPDATE tracking.timeline_entry SET shop = 'shop' WHERE order_id = ?")
                        .param(another.order().value()).update();
            }
        }

        @Test
        void makes_a_second_writer_wait_so_that_no_reader_overtakes_the_first() throws Exception {
            announce(story.placed());
            awaitEntries(1);
            now = page(now, 200).get("next").asText();
            long end = rows.end();
            List<String> events = entries(3);
            var written = new CountDownLatch(1);
            var commit = new CountDownLatch(1);
            var first = CompletableFuture.runAsync(() -> transaction.executeWithoutResult(open -> {
                rows.append(events.subList(0, 2));
                written.countDown();
                awaitUninterruptibly(commit);
            }));
            written.await();
            var second = CompletableFuture.runAsync(() -> transaction.executeWithoutResult(open ->
                    rows.append(events)));

            assertThat(second).isNotDone();
            assertThat(page(now, 200).get("items")).isEmpty();
            commit.countDown();
            first.join();
            second.join();
            assertThat(page(now, 200).get("items")).hasSize(3);
            forget(end);
        }

        /** So many entries that have no places in the feed, by their events. */
        private List<String> entries(int count) {
            String order = "ord_burst-" + UUID.randomUUID();
            List<String> events = IntStream.rangeClosed(1, count).mapToObj(each -> order + "-" + each).toList();
            batches.batchUpdate("INSERT INTO tracking.timeline_entry (order_id, id, shop, module, fact, text, at, event_id)"
                    + " VALUES (?, ?, 'shop', 'order', 'OrderPlaced', ?, CURRENT_TIMESTAMP, ?)",
                    IntStream.range(0, count).mapToObj(each -> new Object[] {order, each + 1, "x".repeat(500),
                        events.get(each)}).toList());
            return events;
        }

        @Test
        void refuses_cursors_that_it_never_gave() {
            assertThat(problem("?cursor=x!")).isEqualTo("invalid_cursor");
            assertThat(problem("?cursor=" + Cursor.after(1_000_000))).isEqualTo("cursor_ahead");
            assertThat(problem("?limit=201")).isEqualTo("validation_failed");
        }

        @Test
        void tells_a_long_burst_to_a_reader_that_keeps_up() throws Exception {
            long end = rows.end();
            burst(5_000);

            try (var stream = openFeed(Cursor.after(end))) {
                assertThat(stream.take(5_000).get(4_999).id()).isEqualTo(Cursor.after(end + 5_000));
            } finally {
                forget(end);
            }
        }

        @Test
        void cuts_off_a_reader_that_takes_nothing() throws Exception {
            long end = rows.end();
            burst(20_000);

            try (var socket = new Socket()) {
                socket.setReceiveBufferSize(1024);
                socket.connect(new InetSocketAddress("localhost", port));
                socket.getOutputStream().write(("GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream"
                        + "\r\nAuthorization: " + DemoUser.STAFF.authorization() + "\r\nLast-Event-ID: " + Cursor.after(end)
                        + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read()).as("the answer has begun").isEqualTo('H');
                await().until(() -> live.free() == 3);
            } finally {
                forget(end);
            }
        }

        private void burst(int facts) {
            List<String> events = entries(facts);
            transaction.executeWithoutResult(open -> rows.append(events));
        }

        private void forget(long end) {
            jdbc.sql("DELETE FROM tracking.timeline_entry WHERE order_id LIKE 'ord_burst-%'").update();
            jdbc.sql("DELETE FROM tracking.feed WHERE position > ?").param(end).update();
            jdbc.sql("UPDATE tracking.feed_end SET position = ?").param(end).update();
        }

        private JsonNode page(String cursor, int limit) {
            return http.getForObject("/v1/events?limit=" + limit + (cursor == null ? "" : "&cursor=" + cursor),
                    JsonNode.class);
        }

        private String problem(String query) {
            return http.getForObject("/v1/events" + query, JsonNode.class).path("code").asText();
        }

        private EventStream openFeed(String lastEventId) throws Exception {
            return EventStream.open("http://localhost:%d/v1/events".formatted(port), lastEventId);
        }
    }

    @Nested
    class the_figures {

        @Test
        void count_what_became_of_orders_minute_by_minute() {
            Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES).minusSeconds(120);
            for (int order = 1; order <= 20; order++) {
                fact(order, 1, "OrderPlaced", minute.plusMillis(100));
                fact(order, 2, "OrderConfirmed", minute.plusMillis(100 + 50L * order));
            }
            fact(1, 3, "OrderCompleted", minute.plusSeconds(59));
            fact(2, 3, "OrderCancelled", minute.plusSeconds(60));
            try {
                JsonNode minutes = figures(10);
                // A minute may have ended since.
                int at = minutes.findValuesAsText("minute").stream().map(Instant::parse).toList().indexOf(minute);
                JsonNode first = minutes.get(at);
                assertThat(List.of(first.get("placed").asInt(), first.get("confirmed").asInt(),
                        first.get("completed").asInt(), first.get("cancelled").asInt())).containsExactly(20, 20, 1, 0);
                assertThat(first.get("confirm_millis_p50").asInt()).isEqualTo(500);
                assertThat(first.get("confirm_millis_p95").asInt()).isEqualTo(950);
                assertThat(minutes.get(at + 1).get("cancelled").asInt()).isEqualTo(1);
                assertThat(minutes.get(at + 1).get("confirm_millis_p50").isNull()).isTrue();
            } finally {
                jdbc.sql("DELETE FROM tracking.timeline_entry WHERE order_id LIKE 'figure-%'").update();
            }
        }

        @Test
        void reach_back_a_bounded_time() {
            assertThat(figures(120)).hasSize(120);
            assertThat(http.withBasicAuth("admin", "admin").getForObject("/v1/operations/figures?minutes=121",
                    JsonNode.class).path("status").asInt()).isEqualTo(400);
        }

        private JsonNode figures(int minutes) {
            return http.withBasicAuth("admin", "admin").getForObject("/v1/operations/figures?minutes=" + minutes,
                    JsonNode.class).get("minutes");
        }

        private void fact(int order, int id, String fact, Instant at) {
            jdbc.sql("INSERT INTO tracking.timeline_entry (order_id, id, shop, module, fact, text, at, event_id)"
                    + " VALUES (?, ?, 'shop', 'order', ?, '', ?, ?)").param("figure-" + order).param(id).param(fact)
                    .param(at.atOffset(ZoneOffset.UTC)).param("figure-" + order + "-" + id).update();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void announce(OrderFact... facts) {
        announce(List.of(facts));
    }

    private void announce(List<OrderFact> facts) {
        events.publish(facts.stream().map(fact -> new GenericDomainEventMessage<Object>("Order",
                story.order().value(), announced++, fact)).toList());
    }

    private void awaitEntries(int count) {
        await().untilAsserted(() -> assertThat(timelines.of(story.order(), null, 0)).hasSize(count));
    }

    private JsonNode get(HttpStatus expected) {
        ResponseEntity<JsonNode> answer = http.getForEntity("/v1/orders/{id}/timeline", JsonNode.class, story.order());
        assertThat(answer.getStatusCode()).isEqualTo(expected);
        return answer.getBody();
    }

    private EventStream open(String lastEventId) throws IOException, InterruptedException {
        return EventStream.open("http://localhost:%d/v1/orders/%s/events".formatted(port, story.order()), lastEventId);
    }

    private List<Map<String, Object>> table() {
        return jdbc.sql("SELECT * FROM tracking.timeline_entry ORDER BY order_id, id").query().listOfRows();
    }

    private StreamingEventProcessor processor() {
        return processing.eventProcessor(TimelineProjection.GROUP, StreamingEventProcessor.class).orElseThrow();
    }
}
