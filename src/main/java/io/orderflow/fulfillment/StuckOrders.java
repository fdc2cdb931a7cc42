package io.orderflow.fulfillment;

import static io.orderflow.shared.StoredInstant.utc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.shared.OrderId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Compares the sagas of this module, as they are stored, with the deadlines that are scheduled: a saga whose deadline
 * is not there, or should have fired long ago, is never woken again. Reads page by page, two statements for each.
 */
@Repository
class StuckOrders {

    private static final int PAGE = 500;
    /** A deadline that is late by less is merely waiting for its turn; what passed while nobody was there starts now. */
    private static final Duration LATE = Duration.ofMinutes(5);
    private static final String DEADLINES = "AxonDeadline";

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;
    private final Instant awake;

    StuckOrders(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.awake = clock.instant();
    }

    private record Stored(String sagaId, String orderId, String scheduleId) {

        /** Otherwise the fact that begins it is parked. */
        boolean hasBegun() {
            return !orderId.isEmpty();
        }
    }

    List<OrderId> find() {
        var suspects = new ArrayList<Stored>();
        String after = "";
        List<Stored> page;
        do {
            page = page(after);
            suspects.addAll(withoutLiveDeadline(page));
            after = page.isEmpty() ? after : page.get(page.size() - 1).sagaId();
        } while (page.size() == PAGE);
        return lookAgain(suspects);
    }

    /** A saga that was just handling an event has another deadline by now. */
    private List<OrderId> lookAgain(List<Stored> suspects) {
        var stuck = new LinkedHashSet<OrderId>();
        for (int from = 0; from < suspects.size(); from += PAGE) {
            var ids = suspects.subList(from, Math.min(from + PAGE, suspects.size())).stream().map(Stored::sagaId);
            withoutLiveDeadline(jdbc.sql("SELECT saga_id, serialized_saga FROM axon.saga_entry"
                    + " WHERE saga_id IN (:ids)").param("ids", ids.toList())
                    .query((row, number) -> stored(row.getString("saga_id"), row.getBytes("serialized_saga"))).list())
                    .forEach(saga -> stuck.add(new OrderId(saga.orderId())));
        }
        return List.copyOf(stuck);
    }

    private List<Stored> page(String after) {
        return jdbc.sql("SELECT saga_id, serialized_saga FROM axon.saga_entry WHERE saga_id > ?"
                        + " ORDER BY saga_id LIMIT " + PAGE).param(after)
                .query((row, number) -> stored(row.getString("saga_id"), row.getBytes("serialized_saga"))).list();
    }

    private Stored stored(String sagaId, byte[] saga) {
        try {
            JsonNode state = json.readTree(saga);
            JsonNode alarm = state.path(state.has("watch") ? "watch" : "reminder").path("alarm");
            return new Stored(sagaId, state.path("progress").path("orderId").asText(),
                    alarm.path("scheduleId").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Stored> withoutLiveDeadline(List<Stored> sagas) {
        Set<String> live = sagas.isEmpty() ? Set.of() : new HashSet<>(jdbc.sql("SELECT task_instance"
                        + " FROM axon.scheduled_tasks WHERE task_name = :deadlines AND task_instance IN (:ids)"
                        + " AND (picked OR execution_time > :late)")
                .param("deadlines", DEADLINES).param("ids", sagas.stream().map(Stored::scheduleId).toList())
                .param("late", utc(late())).query(String.class).list());
        return sagas.stream().filter(saga -> saga.hasBegun() && !live.contains(saga.scheduleId())).toList();
    }

    private Instant late() {
        Instant late = clock.instant().minus(LATE);
        return late.isBefore(awake) ? Instant.EPOCH : late;
    }
}
