package io.orderflow.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** O1 for acknowledged requests, and O2: no order is forgotten or stuck. */
record Liveness(JdbcTemplate store, Orders orders, Findings findings) {

    private static final Duration OVERDUE = Duration.ofSeconds(60);

    private record Saga(@Nullable String deadlineId, boolean isScheduled) { }

    void judgeAnswers() {
        long[] answers = {0};
        store.query("SELECT result_type, result FROM platform.idempotency_record WHERE result_type IS NOT NULL", row -> {
            answers[0]++;
            judgeAnswer(row.getString(1), EventRow.json(row.getBytes(2)));
        });
        findings.figure(Invariant.O1, "orders", orders.all().size());
        findings.figure(Invariant.O1, "answers", answers[0]);
    }

    private void judgeAnswer(String type, JsonNode answer) {
        String id = answer.path("id").asText();
        boolean kept = true;
        switch (type) {
            case "order.CancellationView" -> {
                id = answer.path("orderId").asText();
                kept = orders.all().containsKey(id) && orders.all().get(id).isCancellationRequested();
            }
            case "order.ShipmentView", "order.ReturnView" -> kept = orders.hasTakenEffect(id);
            case "inventory.MovementReceipt" -> {
                id = answer.path("movementId").asText();
                kept = answer.path("change").asInt() == 0 || orders.hasTakenEffect(id);
            }
            default -> { }
        }
        if (!kept) {
            findings.violated(Invariant.O1, id, "the effect that %s acknowledged".formatted(type), "none");
        }
    }

    /**
     * @param processor that of the saga
     * @param now       null when the application is stopped: nothing is overdue then
     */
    void judgeOrders(Processor processor, @Nullable Instant now) {
        Map<String, Saga> sagas = new HashMap<>();
        store.query("SELECT s.order_id, s.deadline_id, t.task_instance FROM fulfillment.saga s LEFT JOIN"
                + " axon.scheduled_tasks t ON t.task_instance = s.deadline_id"
                + " WHERE s.saga_type = 'fulfillment.OrderFulfillment'", row -> {
            sagas.put(row.getString(1), new Saga(row.getString(2), row.getString(3) != null));
        });
        long[] open = {0};
        orders.all().forEach((id, order) -> {
            if (!order.isEnded() && processor.covers(order.index()) && !processor.hasParked(id)) {
                open[0]++;
                judge(id, order, sagas.get(id));
            }
        });
        findings.figure(Invariant.O2, "open_orders", open[0]);
        findings.figure(Invariant.O2, "sagas", sagas.size());
        findings.figure(Invariant.O2, "scheduled_tasks",
                store.queryForObject("SELECT COUNT(*) FROM axon.scheduled_tasks", Long.class));
        if (now != null) {
            store.query("SELECT task_instance, execution_time FROM axon.scheduled_tasks"
                    + " WHERE task_name = 'AxonDeadline' AND execution_time < ?", this::overdue,
                    now.minus(OVERDUE).atOffset(ZoneOffset.UTC));
        }
    }

    private void overdue(ResultSet row) throws SQLException {
        findings.violated(Invariant.O2, row.getString(1), "no deadline overdue by " + OVERDUE,
                "due " + row.getObject(2, OffsetDateTime.class).toInstant());
    }

    private void judge(String id, OrderState order, @Nullable Saga saga) {
        if (!order.isWaiting()) {
            findings.violated(Invariant.O2, id, "a party that it waits for", "none");
        }
        if (saga == null) {
            findings.violated(Invariant.O2, id, "a saga", "none");
        } else if (!saga.isScheduled()) {
            findings.violated(Invariant.O2, id, "its deadline %s is scheduled".formatted(saga.deadlineId()),
                    "it is not");
        }
    }
}
