package io.orderflow.tracking;

import static io.orderflow.tracking.Stories.NOON;
import static io.orderflow.tracking.Stories.ON_GATEWAY;
import static io.orderflow.tracking.Stories.ON_STOCK;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.platform.spi.Ownership;
import io.orderflow.shared.Caller;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.WaitingOn;
import io.orderflow.tracking.query.FindTimeline;
import io.orderflow.tracking.query.Timeline;
import io.orderflow.tracking.query.TimelineEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;

class TimelinesTest {

    private static final OrderId ORDER = new OrderId("ord_1");
    private static final FindTimeline ALL = new FindTimeline(ORDER, null, 0);

    private final SimpleQueryBus bus = SimpleQueryBus.builder().build();
    private final QueryUpdateEmitter updates = bus.queryUpdateEmitter();
    private final Timelines timelines = new Timelines(DefaultQueryGateway.builder().queryBus(bus).build(),
            new Ownership(EmbeddedEventStore.builder().storageEngine(new InMemoryEventStorageEngine()).build()), null);
    private final List<Long> told = new ArrayList<>();

    private Timeline timeline = story(ON_STOCK, 2);
    private Runnable whileAnswering = () -> { };

    @BeforeEach
    void answer() {
        new AnnotationQueryHandlerAdapter<>(this).subscribe(bus);
    }

    @QueryHandler
    Optional<Timeline> answer(FindTimeline query) {
        var first = Optional.ofNullable(timeline);
        whileAnswering.run();
        return first;
    }

    @Nested
    class following {

        @Test
        void drops_what_the_first_answer_has_told_already() {
            whileAnswering = () -> LongStream.rangeClosed(1, 4).forEach(id -> happens(id, ON_STOCK));

            follow(ALL);

            assertThat(told).containsExactly(1L, 2L, 3L, 4L);
        }

        @Test
        void hears_an_order_from_its_first_fact_on() {
            timeline = null;

            follow(ALL);
            happens(1, ON_STOCK);

            assertThat(told).containsExactly(1L);
        }

        @Test
        void drops_what_a_replay_tells_again() {
            follow(ALL);
            LongStream.rangeClosed(1, 3).forEach(id -> happens(id, ON_GATEWAY));

            assertThat(told).containsExactly(1L, 2L, 3L);
        }

        @Test
        void never_goes_back_before_the_entry_it_resumes_after() {
            timeline = new Timeline(ORDER, ON_STOCK, List.of());

            follow(new FindTimeline(ORDER, null, 5));
            happens(5, ON_STOCK);
            happens(6, ON_STOCK);

            assertThat(told).containsExactly(6L);
        }

        @Test
        void ends_and_lets_go_with_the_order() {
            follow(ALL);
            assertThat(updates.activeSubscriptions()).hasSize(1);
            happens(3, null);
            happens(4, null);

            assertThat(told).containsExactly(1L, 2L, 3L);
            assertThat(updates.activeSubscriptions()).isEmpty();
        }

        @Test
        void of_an_ended_order_tells_all_and_lets_go() {
            timeline = story(null, 3);

            follow(ALL);

            assertThat(told).containsExactly(1L, 2L, 3L);
            assertThat(updates.activeSubscriptions()).isEmpty();
        }

        @Test
        void goes_on_after_an_end_that_a_return_took_back() {
            timeline = new Timeline(ORDER, ON_GATEWAY, List.of(entry(1, ON_STOCK), entry(2, null), entry(3, null),
                    entry(4, ON_GATEWAY)));

            follow(ALL);
            assertThat(told).containsExactly(1L, 2L, 3L, 4L);
            happens(5, ON_GATEWAY);
            happens(6, null);

            assertThat(told).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
            assertThat(updates.activeSubscriptions()).isEmpty();
        }

        @Test
        void ends_with_an_end_that_it_hears_of_twice() {
            timeline = new Timeline(ORDER, ON_GATEWAY, List.of(entry(1, null), entry(2, ON_GATEWAY)));
            whileAnswering = () -> happens(1, null);

            follow(ALL);
            happens(3, null);

            assertThat(told).containsExactly(1L, 2L, 3L);
        }

        @Test
        void lets_go_when_nobody_listens_any_more() {
            timelines.follow(ALL).subscribe().dispose();

            assertThat(updates.activeSubscriptions()).isEmpty();
        }
    }

    @Nested
    class stopping {

        @Test
        void ends_every_stream_open_or_new() {
            var live = new LiveStreams(new TrackingProperties(Duration.ofHours(1), 2, 2));
            var open = live.open(new Caller("staff", true), story()).collectList().toFuture();
            assertThat(open).isNotDone();

            live.stop();

            assertThat(open).isCompleted();
            assertThat(live.open(new Caller("staff", true), story()).collectList().toFuture()).isCompleted();
            assertThat(live.free()).isEqualTo(2);
            assertThat(updates.activeSubscriptions()).isEmpty();
        }
    }

    private Flux<ServerSentEvent<TimelineEntry>> story() {
        return timelines.follow(ALL).map(entry -> ServerSentEvent.builder(entry).build());
    }

    private void follow(FindTimeline query) {
        timelines.follow(query).map(TimelineEntry::id).subscribe(told::add);
    }

    private void happens(long id, WaitingOn waitingOn) {
        updates.emit(FindTimeline.class, query -> true, entry(id, waitingOn));
    }

    private static Timeline story(WaitingOn waitingOn, int length) {
        return new Timeline(ORDER, waitingOn, LongStream.rangeClosed(1, length)
                .mapToObj(id -> entry(id, id == length ? waitingOn : ON_STOCK)).toList());
    }

    private static TimelineEntry entry(long id, WaitingOn waitingOn) {
        return new TimelineEntry(id, ORDER, "order", "OrderWaiting", "text", "staff", waitingOn, NOON);
    }
}
