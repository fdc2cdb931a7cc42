package io.orderflow.tracking;

import static io.orderflow.tracking.Stories.NOON;
import static io.orderflow.tracking.Stories.ON_GATEWAY;
import static io.orderflow.tracking.Stories.ON_STOCK;
import static io.orderflow.tracking.Stories.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.orderflow.platform.spi.Ownership;
import io.orderflow.shared.Caller;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.WaitingOn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

class TimelinesTest {

    private static final OrderId ORDER = new OrderId("ord_1");
    private static final Caller STAFF = new Caller("staff", true);

    private final List<Long> told = new CopyOnWriteArrayList<>();
    private EmbeddedDatabase database;
    private TimelineRows rows;
    private Feed feed;
    private Timelines timelines;

    @BeforeEach
    void start() {
        database = new EmbeddedDatabaseBuilder().generateUniqueName(true).setType(EmbeddedDatabaseType.H2).build();
        new ResourceDatabasePopulator(new ClassPathResource("db/migration/h2/V5__tracking.sql")).execute(database);
        rows = new TimelineRows(JdbcClient.create(database));
        feed = new Feed(new FeedRows(new JdbcTemplate(database)));
        timelines = new Timelines(rows, feed, new Ownership(EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine()).build()), null);
    }

    @AfterEach
    void stop() {
        await("everything is released").until(() -> feed.followers() == 0);
        feed.stop();
        database.shutdown();
    }

    @Nested
    class finding {

        @Test
        void holds_only_what_came_after_but_always_what_the_order_waits_for() {
            happens(1, ON_STOCK);
            happens(2, ON_GATEWAY);

            assertThat(timelines.find(ORDER, STAFF, 1))
                    .isEqualTo(new Timeline(ORDER, ON_GATEWAY, List.of(entry(2, ON_GATEWAY))));
            assertThat(timelines.find(ORDER, STAFF, 2)).isEqualTo(new Timeline(ORDER, ON_GATEWAY, List.of()));
        }

        @Test
        void is_refused_for_an_order_that_does_not_exist() {
            assertThatExceptionOfType(Refusal.class).isThrownBy(() -> timelines.find(ORDER, STAFF, 0))
                    .satisfies(refusal -> assertThat(refusal.details().code()).isEqualTo("unknown_order"));
        }
    }

    @Nested
    class following {

        private Disposable stream = Disposables.disposed();

        @AfterEach
        void leave() {
            stream.dispose();
        }

        @Test
        void tells_what_was_and_then_what_comes() {
            happens(1, ON_STOCK);
            happens(2, ON_STOCK);
            follow(0);
            hear(1L, 2L);

            happens(3, ON_GATEWAY);

            hear(1L, 2L, 3L);
        }

        @Test
        void hears_an_order_from_its_first_fact_on() {
            follow(0);
            happens(1, ON_STOCK);

            hear(1L);
        }

        @Test
        void hears_what_another_node_has_written() {
            happens(1, ON_STOCK);
            follow(0);
            hear(1L);

            rows.add(entry(2, ON_STOCK), SHOP, "event-2");

            hear(1L, 2L);
        }

        @Test
        void tells_nothing_again_while_the_timeline_is_replayed() {
            happens(1, ON_STOCK);
            happens(2, ON_STOCK);
            follow(0);
            hear(1L, 2L);

            rows.clear();
            happens(1, ON_STOCK);
            happens(2, ON_STOCK);
            happens(3, ON_STOCK);

            hear(1L, 2L, 3L);
        }

        @Test
        void goes_on_after_the_entry_it_resumes_after() {
            happens(1, ON_STOCK);
            happens(2, ON_STOCK);

            follow(1);

            hear(2L);
        }

        @Test
        void tells_no_entry_of_another_order_or_shop() {
            happens(1, ON_STOCK);
            stream = timelines.follow(ORDER, new Caller("another", false), 0).map(TimelineEntry::id).subscribe(told::add);
            var own = timelines.follow(ORDER, new Caller(SHOP, false), 0).blockFirst();

            assertThat(own).isEqualTo(entry(1, ON_STOCK));
            assertThat(told).isEmpty();
        }

        @Test
        void ends_with_the_order() {
            happens(1, ON_STOCK);
            follow(0);
            hear(1L);

            happens(2, null);

            hear(1L, 2L);
            await().until(stream::isDisposed);
        }

        @Test
        void of_an_ended_order_tells_all_and_ends() {
            happens(1, ON_STOCK);
            happens(2, null);

            assertThat(timelines.follow(ORDER, STAFF, 0).map(TimelineEntry::id).collectList().block())
                    .containsExactly(1L, 2L);
        }

        @Test
        void goes_on_after_an_end_that_a_return_took_back() {
            happens(1, null);
            happens(2, ON_GATEWAY);
            follow(0);
            hear(1L, 2L);

            happens(3, ON_GATEWAY);
            happens(4, null);

            hear(1L, 2L, 3L, 4L);
            await().until(stream::isDisposed);
        }

        private void follow(long after) {
            stream = timelines.follow(ORDER, STAFF, after).map(TimelineEntry::id).subscribe(told::add);
        }

        private void hear(Long... ids) {
            await().untilAsserted(() -> assertThat(told).hasSizeGreaterThanOrEqualTo(ids.length));
            assertThat(told).containsExactly(ids);
        }
    }

    @Nested
    class stopping {

        @Test
        void ends_every_stream_open_or_new() {
            happens(1, ON_STOCK);
            var live = new LiveStreams(new TrackingProperties(Duration.ofHours(1), 2, 2));
            var open = live.open(STAFF, story()).collectList().toFuture();
            assertThat(open).isNotDone();

            live.stop();

            assertThat(open).isCompleted();
            assertThat(live.open(STAFF, story()).collectList().toFuture()).isCompleted();
            assertThat(live.free()).isEqualTo(2);
        }

        private Flux<ServerSentEvent<TimelineEntry>> story() {
            return timelines.follow(ORDER, STAFF, 0).map(entry -> ServerSentEvent.builder(entry).build());
        }
    }

    private void happens(long id, WaitingOn waitingOn) {
        DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("fact")).execute(() -> {
            rows.add(entry(id, waitingOn), SHOP, "event-" + id);
            feed.add(ORDER, "event-" + id);
        });
    }

    private static TimelineEntry entry(long id, WaitingOn waitingOn) {
        return new TimelineEntry(id, ORDER, "order", "OrderWaiting", "text", "staff", waitingOn, NOON);
    }
}
