package io.orderflow.fulfillment;

import static io.orderflow.fulfillment.Facts.NOON;
import static io.orderflow.platform.spi.StoredInstant.instant;
import static io.orderflow.platform.spi.StoredInstant.utc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.platform.store.ProductionSerializer;
import io.orderflow.shared.MovingClock;
import io.orderflow.shared.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** One row for each saga, and what is asked about all of them. */
class SagaRowsTest {

    private static final String TYPE = "fulfillment.OrderFulfillment";
    private static final String STATE = """
            {"waitingOn":{"party":"gateway","code":"payment_authorization","since":"2026-03-02T12:00:00Z",
              "deadline":"2026-03-02T12:30:00Z"},
             "deadline":{"scheduled":{"id":"42","due":"2026-03-02T12:05:00Z"},"due":"2026-03-02T12:30:00Z","attempts":0},
             "progress":{"orderId":"ord_1","phase":"PAYING"},"phase":"PAYING"}""";

    private final DriverManagerDataSource store =
            new DriverManagerDataSource("jdbc:h2:mem:sagas-" + System.nanoTime() + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final JdbcClient jdbc = JdbcClient.create(store);
    private final MovingClock clock = new MovingClock(NOON);
    private final Serializer serializer = ProductionSerializer.create();
    private SagaRows sagas;

    @BeforeEach
    void start() {
        Flyway.configure().dataSource(store).locations("classpath:db/migration/h2").defaultSchema("platform")
                .createSchemas(true).load().migrate();
        sagas = new SagaRows(jdbc, serializer, clock);
    }

    @Nested
    class A_saga {

        private final OrderFulfillment saga = serializer.deserialize(
                new SimpleSerializedObject<>(STATE, String.class, TYPE, null));

        @Test
        void has_a_row_under_its_order_with_what_is_asked_about_all() {
            insert(saga);

            assertThat(jdbc.sql("SELECT order_id, saga_type, phase, waiting_party, waiting_code, deadline_id"
                    + " FROM fulfillment.saga").query().singleRow().values()).containsExactly("ord_1", TYPE, "PAYING",
                    "GATEWAY", "payment_authorization", "42");
            assertThat(jdbc.sql("SELECT waiting_since, waiting_deadline, due FROM fulfillment.saga")
                    .query((row, number) -> List.of(instant(row, "waiting_since"), instant(row, "waiting_deadline"),
                            instant(row, "due"))).single())
                    .containsExactly(NOON, NOON.plusSeconds(1800), NOON.plusSeconds(300));
        }

        @Test
        void is_found_by_its_order_and_brought_back_as_it_was() {
            insert(saga);

            String id = sagas.findSagas(OrderFulfillment.class, association()).iterator().next();
            var found = sagas.loadSaga(OrderFulfillment.class, id);

            assertThat(found.associationValues()).containsExactly(association());
            assertThat(found.saga()).usingRecursiveComparison().isEqualTo(saga);
        }

        @Test
        void is_replaced_and_removed() {
            insert(serializer.deserialize(new SimpleSerializedObject<>("{}", String.class, TYPE, null)));
            assertThat(begun()).isEmpty();

            sagas.updateSaga(OrderFulfillment.class, "ord_1", saga, null);
            assertThat(begun()).containsExactly(Facts.ORDER);

            sagas.deleteSaga(OrderFulfillment.class, "ord_1", Set.of());
            assertThat(sagas.loadSaga(OrderFulfillment.class, "ord_1")).isNull();
        }

        @Test
        void is_not_mixed_up_with_another_saga_of_its_order() {
            insert(saga);

            assertThat(sagas.loadSaga(AfterSales.class, "ord_1")).isNull();
        }

        @Test
        void is_there_once_also_when_two_nodes_create_it() {
            insert(saga);

            assertThatThrownBy(() -> insert(saga)).isInstanceOf(DuplicateKeyException.class);
        }

        private void insert(OrderSaga saga) {
            sagas.insertSaga(OrderFulfillment.class, "ord_1", saga, Set.of(association()));
        }

        private Set<OrderId> begun() {
            return sagas.begun(OrderFulfillment.class, List.of(Facts.ORDER, order("other")));
        }

        private AssociationValue association() {
            return new AssociationValue(OrderSaga.ORDER, "ord_1");
        }
    }

    @Nested
    class Without_deadline {

        @Test
        void is_a_saga_that_is_due_and_whose_deadline_is_gone() {
            saga("lost", "42", NOON.minusSeconds(1));
            saga("early", "43", NOON.plusSeconds(1));
            saga("sound", "44", NOON.minusSeconds(1));
            deadline("44", NOON.minusSeconds(1), false);

            assertThat(sagas.withoutDeadline()).containsExactly(order("lost"));
        }

        @Test
        void is_a_saga_whose_deadline_should_have_fired_long_ago_unless_it_is_firing() {
            saga("late", "42", NOON.plusSeconds(1));
            deadline("42", NOON.plusSeconds(1), false);
            saga("firing", "43", NOON.plusSeconds(1));
            deadline("43", NOON.plusSeconds(1), true);

            clock.move(Duration.ofSeconds(240));
            assertThat(sagas.withoutDeadline()).isEmpty();

            clock.move(Duration.ofSeconds(62));
            assertThat(sagas.withoutDeadline()).containsExactly(order("late"));
        }

        @Test
        void is_no_saga_whose_deadline_fails_and_is_tried_again() {
            saga("failing", "42", NOON.minusSeconds(600));
            deadline("42", NOON.plusSeconds(30), false);

            clock.move(Duration.ofSeconds(301));
            assertThat(sagas.withoutDeadline()).isEmpty();
        }

        /** After a day out of service every deadline of that day is late, and none is dead. */
        @Test
        void is_known_of_deadlines_that_passed_while_nothing_ran_after_a_while() {
            saga("yesterday", "42", NOON.minus(Duration.ofDays(1)));
            deadline("42", NOON.minus(Duration.ofDays(1)), false);

            clock.move(Duration.ofSeconds(240));
            assertThat(sagas.withoutDeadline()).isEmpty();

            clock.move(Duration.ofSeconds(61));
            assertThat(sagas.withoutDeadline()).containsExactly(order("yesterday"));
        }

        /** Whatever the number of open orders: nothing but the rows that are due is read. */
        @Test
        void is_found_by_an_index() {
            String plan = jdbc.sql("EXPLAIN SELECT order_id FROM fulfillment.saga WHERE due < ?")
                    .param(utc(NOON)).query(String.class).single();

            assertThat(plan).containsIgnoringCase("ix_saga_due");
        }

        private void saga(String order, String deadline, Instant due) {
            jdbc.sql("INSERT INTO fulfillment.saga (order_id, saga_type, state, due, deadline_id) VALUES (?, ?, ?, ?, ?)")
                    .param("ord_" + order).param(TYPE).param(new byte[0]).param(utc(due)).param(deadline).update();
        }

        private void deadline(String id, Instant at, boolean picked) {
            jdbc.sql("INSERT INTO axon.scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
                    + " VALUES ('AxonDeadline', ?, ?, ?, 1)").param(id).param(utc(at)).param(picked).update();
        }
    }

    private static OrderId order(String name) {
        return new OrderId("ord_" + name);
    }
}
