package io.orderflow.tracking;

import static io.orderflow.tracking.Stories.NOON;
import static io.orderflow.tracking.Stories.ON_GATEWAY;
import static io.orderflow.tracking.Stories.ON_REFUND;
import static io.orderflow.tracking.Stories.ON_STAFF;
import static io.orderflow.tracking.Stories.ON_STOCK;
import static io.orderflow.tracking.Stories.SHOP;
import static io.orderflow.tracking.Stories.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.order.event.OrderCompleted;
import io.orderflow.order.event.OrderWaiting;
import io.orderflow.order.event.OrderWaits;
import io.orderflow.payment.event.PaymentPending;
import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

class TimelineProjectionTest {

    private static final OrderId ORDER = new OrderId("ord_1");
    private static final Stories STORY = new Stories(ORDER);

    private EmbeddedDatabase database;
    private TimelineRows rows;
    private TimelineProjection projection;
    private int told;

    @BeforeEach
    void start() {
        database = new EmbeddedDatabaseBuilder().generateUniqueName(true).setType(EmbeddedDatabaseType.H2).build();
        new ResourceDatabasePopulator(new ClassPathResource("db/migration/h2/V5__tracking.sql")).execute(database);
        rows = new TimelineRows(JdbcClient.create(database));
        projection = new TimelineProjection(rows, new Feed(new FeedRows(new JdbcTemplate(database))));
    }

    @AfterEach
    void stop() {
        database.shutdown();
    }

    @Nested
    class every_fact {

        @Test
        void is_an_entry_of_its_order_in_turn() {
            tell(STORY.placed(), STORY.reserved(), STORY.authorized(TOTAL));

            assertThat(entries()).extracting(TimelineEntry::id, TimelineEntry::module, TimelineEntry::fact)
                    .containsExactly(row(1L, "order", "OrderPlaced"), row(2L, "inventory", "StockReserved"),
                            row(3L, "payment", "PaymentAuthorized"));
            assertThat(entries().get(1)).isEqualTo(new TimelineEntry(2, ORDER, "inventory", "StockReserved",
                    "2 × COFFEE-1KG reserved", "ada", ON_STOCK, at(2)));
        }

        @Test
        void counts_within_its_order_only() {
            var other = new Stories(new OrderId("ord_2"));
            tell(STORY.placed(), other.placed(), other.reserved(), STORY.reserved());

            assertThat(entries()).extracting(TimelineEntry::id).containsExactly(1L, 2L);
            assertThat(rows.of(other.order(), null, 0)).extracting(TimelineEntry::id).containsExactly(1L, 2L);
        }
    }

    @Nested
    class what_it_waits_on {

        @Test
        void is_stock_from_the_first_fact_on() {
            tell(STORY.placed());

            assertThat(waitingOn()).isEqualTo(ON_STOCK);
        }

        @Test
        void is_what_the_order_says_and_stays_until_it_says_something_else() {
            var dispatched = STORY.dispatched(true, null, null);
            tell(STORY.placed(), STORY.waiting(ON_GATEWAY), STORY.authorized(TOTAL), STORY.confirmed(), dispatched);

            assertThat(entries()).extracting(TimelineEntry::waitingOn)
                    .containsExactly(ON_STOCK, ON_GATEWAY, ON_GATEWAY, ON_STAFF, dispatched.waits().shown());
        }

        @Test
        void keeps_its_deadline_while_the_gateway_takes_its_time() {
            tell(STORY.placed(), STORY.waiting(ON_GATEWAY), new PaymentPending(STORY.payment(), ORDER, "op_1",
                    Code.PAYMENT_PENDING, PaymentStatus.REQUESTED), new PaymentPending(STORY.payment(), ORDER, "op_2",
                    null, PaymentStatus.REQUESTED));

            assertThat(entries()).extracting(entry -> entry.waitingOn().code()).containsExactly(Code.STOCK_RESERVATION,
                    Code.PAYMENT_AUTHORIZATION, Code.PAYMENT_PENDING, Code.PAYMENT_PENDING);
            assertThat(waitingOn().deadline()).isEqualTo(ON_GATEWAY.deadline());
        }

        @Test
        void is_no_entry_when_it_is_known_already() {
            tell(STORY.placed(), STORY.waiting(ON_STOCK), STORY.confirmed(), STORY.waiting(ON_STAFF));

            assertThat(entries()).extracting(TimelineEntry::fact).containsExactly("OrderPlaced", "OrderConfirmed");
        }

        @Test
        void is_an_entry_when_only_the_deadline_is_new() {
            tell(STORY.placed(), STORY.waiting(new WaitingOn(Code.STOCK_RESERVATION, NOON, at(600))));

            assertThat(entries()).extracting(TimelineEntry::fact).containsExactly("OrderPlaced", "OrderWaiting");
        }

        @Test
        void is_nothing_once_the_order_has_ended() {
            for (OrderFact end : List.of(STORY.completed(), STORY.cancelled(), STORY.rejected("Sold out."))) {
                projection.reset();
                tell(STORY.placed(), end, STORY.released(0));

                assertThat(entries()).extracting(TimelineEntry::waitingOn).containsExactly(ON_STOCK, null, null);
                assertThat(waitingOn()).isNull();
            }
        }
    }

    @Nested
    class what_a_return_waits_on {

        @Test
        void is_told_again_after_the_end_until_it_is_nothing() {
            tell(STORY.placed(), STORY.confirmed(), STORY.completed(), STORY.goodsReturned(),
                    STORY.waiting(ON_REFUND), STORY.stockReturned(false), STORY.returnClosed(null),
                    STORY.waiting(null));

            assertThat(entries()).extracting(TimelineEntry::waitingOn)
                    .containsExactly(ON_STOCK, ON_STAFF, null, null, ON_REFUND, ON_REFUND, ON_REFUND, null);
        }

        @Test
        void goes_on_over_the_end_of_the_order() {
            tell(STORY.placed(), STORY.confirmed(), new OrderCompleted(ORDER, ON_REFUND));

            assertThat(waitingOn()).isEqualTo(ON_REFUND);
        }

        @Test
        void is_no_entry_as_long_as_the_order_does_not_show_it() {
            tell(STORY.placed(), STORY.confirmed(), new OrderWaiting(ORDER, new OrderWaits(ON_STAFF, ON_REFUND)));

            assertThat(entries()).extracting(TimelineEntry::fact).containsExactly("OrderPlaced", "OrderConfirmed");
        }
    }

    @Nested
    class entries {

        @Test
        void are_for_the_shop_that_has_placed_the_order_and_for_no_other() {
            tell(STORY.placed(), STORY.reserved());

            assertThat(rows.of(ORDER, SHOP, 0)).isEqualTo(entries());
            assertThat(rows.of(ORDER, "another", 0)).isEmpty();
        }

        @Test
        void are_the_same_after_a_replay() {
            tell(STORY.fulfilled().toArray(OrderFact[]::new));
            List<TimelineEntry> before = entries();

            projection.reset();
            assertThat(entries()).isEmpty();
            told = 0;
            tell(STORY.fulfilled().toArray(OrderFact[]::new));

            assertThat(entries()).isEqualTo(before);
        }
    }

    private void tell(OrderFact... facts) {
        var work = DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("facts"));
        work.execute(() -> Stream.of(facts).forEach(fact ->
                projection.on(fact, "event-" + told, at(++told), "ada")));
    }

    private List<TimelineEntry> entries() {
        return rows.of(ORDER, null, 0);
    }

    private WaitingOn waitingOn() {
        return rows.last(ORDER).waitingOn();
    }

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }

    private static Tuple row(Object... values) {
        return Tuple.tuple(values);
    }
}
