package io.orderflow.fulfillment;

import static io.orderflow.platform.spi.StoredInstant.utc;

import io.orderflow.shared.OrderId;
import io.orderflow.shared.WaitingOn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValues;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Saga store with one row per saga under its order's id: the state as JSON and, as columns, what is queried about all
 * sagas (docs/adr/0013). Associations are not stored: a saga has only that with its order.
 */
@Repository
class SagaRows implements SagaStore<OrderSaga> {

    private static final String ROW = " WHERE order_id = :order AND saga_type = :type";
    private static final String DEADLINES = "AxonDeadline";
    /** A task that is late by less may be queued; for those that passed while nothing ran it counts from our start. */
    private static final Duration LATE = Duration.ofMinutes(5);

    private final JdbcClient jdbc;
    private final Serializer serializer;
    private final Clock clock;
    private final Instant started;

    SagaRows(JdbcClient jdbc, Serializer serializer, Clock clock) {
        this.jdbc = jdbc;
        this.serializer = serializer;
        this.clock = clock;
        this.started = clock.instant();
    }

    private record StoredSaga<S>(Set<AssociationValue> associationValues, S saga) implements Entry<S> {
    }

    /** The id under which a saga is stored if there is one. */
    @Override
    public Set<String> findSagas(Class<? extends OrderSaga> type, AssociationValue association) {
        return Set.of(association.getValue());
    }

    /** Locks the row: a deadline may fire on another node than the one that handles the events. */
    @Override
    public <S extends OrderSaga> Entry<S> loadSaga(Class<S> type, String order) {
        String name = name(type);
        return jdbc.sql("SELECT state FROM fulfillment.saga" + ROW + " FOR UPDATE")
                .param("order", order).param("type", name).query(byte[].class).optional()
                .map(state -> new StoredSaga<S>(Set.of(new AssociationValue(OrderSaga.ORDER, order)),
                        serializer.deserialize(new SimpleSerializedObject<>(state, byte[].class, name, null))))
                .orElse(null);
    }

    @Override
    public void insertSaga(Class<? extends OrderSaga> type, String order, OrderSaga saga,
            Set<AssociationValue> associations) {
        write("INSERT INTO fulfillment.saga (order_id, saga_type, state, phase, waiting_party, waiting_code, waiting_since,"
                + " waiting_deadline, due, deadline_id) VALUES (:order, :type, :state, :phase, :party, :code, :since,"
                + " :deadline, :due, :deadlineId)", type, order, saga);
    }

    @Override
    public void updateSaga(Class<? extends OrderSaga> type, String order, OrderSaga saga,
            AssociationValues associations) {
        write("UPDATE fulfillment.saga SET state = :state, phase = :phase, waiting_party = :party, waiting_code = :code,"
                + " waiting_since = :since, waiting_deadline = :deadline, due = :due, deadline_id = :deadlineId" + ROW,
                type, order, saga);
    }

    @Override
    public void deleteSaga(Class<? extends OrderSaga> type, String order, Set<AssociationValue> associations) {
        jdbc.sql("DELETE FROM fulfillment.saga" + ROW).param("order", order).param("type", name(type)).update();
    }

    /**
     * Orders whose saga is due and is not woken: its task is gone or should have fired long ago. Reads only the rows
     * that are due.
     */
    List<OrderId> withoutDeadline() {
        Instant now = clock.instant();
        Instant late = now.minus(LATE);
        return jdbc.sql("SELECT DISTINCT saga.order_id FROM fulfillment.saga saga WHERE saga.due < :now AND NOT EXISTS"
                        + " (SELECT 1 FROM axon.scheduled_tasks task WHERE task.task_name = :deadlines"
                        + " AND task.task_instance = saga.deadline_id AND (task.picked OR task.execution_time > :late))"
                        + " ORDER BY saga.order_id")
                .param("now", utc(now)).param("deadlines", DEADLINES)
                .param("late", utc(late.isBefore(started) ? Instant.EPOCH : late))
                .query((row, number) -> new OrderId(row.getString("order_id"))).list();
    }

    /** Which of these orders have a saga that has handled the event that begins it. */
    Set<OrderId> begun(Class<? extends OrderSaga> type, List<OrderId> orders) {
        return new HashSet<>(jdbc.sql("SELECT order_id FROM fulfillment.saga WHERE saga_type = :type AND phase IS NOT NULL"
                        + " AND order_id IN (:orders)").param("type", name(type))
                .param("orders", orders.stream().map(OrderId::value).toList())
                .query((row, number) -> new OrderId(row.getString("order_id"))).list());
    }

    private void write(String statement, Class<? extends OrderSaga> type, String order, OrderSaga saga) {
        WaitingOn wait = saga.waitingOn();
        var next = saga.deadline().scheduled();
        jdbc.sql(statement).param("order", order).param("type", name(type))
                .param("state", serializer.serialize(saga, byte[].class).getData())
                .param("phase", saga.process() == null ? null : saga.phase())
                .param("party", wait == null ? null : wait.party().name())
                .param("code", wait == null ? null : wait.code().text())
                .param("since", wait == null ? null : utc(wait.since()))
                .param("deadline", wait == null ? null : utc(wait.deadline()))
                .param("due", next == null ? null : utc(next.due()))
                .param("deadlineId", next == null ? null : next.id()).update();
    }

    private String name(Class<? extends OrderSaga> type) {
        return serializer.typeForClass(type).getName();
    }
}
