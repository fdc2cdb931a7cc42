package io.orderflow.tracking;

import static io.orderflow.tracking.Stories.ON_GATEWAY;
import static io.orderflow.tracking.Stories.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.tracking.query.FindTimeline;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryUpdateEmitter;
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
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.TestPropertySource;

@ApplicationModuleTest(extraIncludes = {"platform", "shared"}, webEnvironment = WebEnvironment.RANDOM_PORT)
@TestPropertySource(properties = {
        "spring.datasource.url=jdbc:h2:mem:tracking;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000",
        "orderflow.store.durability=best-effort",
        "orderflow.tracking.heartbeat=50ms", "orderflow.tracking.max-streams=3"})
class TrackingModuleTest {

    @Autowired
    private EventStore events;
    @Autowired
    private EventProcessingConfiguration processing;
    @Autowired
    private TimelineProjection projection;
    @Autowired
    private QueryUpdateEmitter updates;
    @Autowired
    private LiveTimelines live;
    @Autowired
    private JdbcClient jdbc;
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
            assertThat(updates.activeSubscriptions()).isEmpty();
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
                    .isEqualTo("Waiting for the gateway to authorize the payment, until 2026-03-02 12:30 UTC");
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
            await().until(() -> !updates.activeSubscriptions().isEmpty());
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
            awaitEntries(9);
            var before = table();

            StreamingEventProcessor processor = processor();
            processor.shutDown();
            processor.resetTokens();
            assertThat(table()).isEmpty();
            processor.start();

            await().untilAsserted(() -> assertThat(table()).isEqualTo(before));
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

    private void announce(OrderFact... facts) {
        announce(List.of(facts));
    }

    private void announce(List<OrderFact> facts) {
        events.publish(facts.stream().map(fact -> new GenericDomainEventMessage<Object>("Order",
                story.order().value(), announced++, fact)).toList());
    }

    private void awaitEntries(int count) {
        await().untilAsserted(() -> assertThat(projection.answer(new FindTimeline(story.order(), null, 0)))
                .hasValueSatisfying(told -> assertThat(told.entries()).hasSize(count)));
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
