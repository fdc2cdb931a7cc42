package io.orderflow.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** O1 by the answers that were given, O2 and P2: nothing is forgotten, and nobody is silently stuck. */
final class LivenessAudit {

    private static final Duration OVERDUE = Duration.ofSeconds(60);

    private final RawStore store;
    private final Findings findings;

    LivenessAudit(RawStore store, Findings findings) {
        this.store = store;
        this.findings = findings;
    }

    void judgeAnswers(OrderAudit orders) throws SQLException {
        long[] answers = {0};
        store.forEachAnswer((type, answer) -> {
            answers[0]++;
            String id = promised(type, answer);
            boolean kept = switch (type) {
                case "order.CancellationView" -> orders.orders().containsKey(id)
                        && orders.orders().get(id).isCancellationRequested();
                case "order.ShipmentView", "order.ReturnView", "inventory.MovementReceipt" -> id == null
                        || orders.hasHappened(id);
                default -> true;
            };
            if (!kept) {
                findings.violated(Invariant.O1, id, "happened, as %s was told".formatted(type), "it did not");
            }
        });
        findings.figure(Invariant.O1, "orders", orders.orders().size());
        findings.figure(Invariant.O1, "answers", answers[0]);
    }

    /** What an answer has promised; null when it was nothing, as with a count that agreed. */
    private static String promised(String type, JsonNode answer) {
        return switch (type) {
            case "order.CancellationView" -> answer.path("orderId").asText();
            case "inventory.MovementReceipt" -> answer.path("change").asInt() == 0 ? null
                    : answer.path("movementId").asText();
            default -> answer.path("id").asText();
        };
    }

    /**
     * @param leader how far the saga's processor has come, and what it has parked
     * @param now    null when the application does not run: then deadlines pass without anybody's fault
     */
    void judgeOrders(OrderAudit orders, Position leader, RawStore.Parked parked, Instant now) throws SQLException {
        Map<String, String> sagas = store.fulfillments();
        Map<String, RawStore.Task> tasks = store.tasks();
        long[] open = {0};
        orders.orders().forEach((id, order) -> {
            if (!order.isEnded() && leader.covers(order.index()) && !parked.sequences().contains(id)) {
                open[0]++;
                judge(id, order, sagas, tasks);
            }
        });
        findings.figure(Invariant.O2, "open_orders", open[0]);
        findings.figure(Invariant.O2, "sagas", sagas.size());
        findings.figure(Invariant.O2, "scheduled_tasks", tasks.size());
        if (now != null) {
            tasks.forEach((id, task) -> {
                if (task.name().equals("AxonDeadline") && task.due().plus(OVERDUE).isBefore(now)) {
                    findings.violated(Invariant.O2, id, "no deadline overdue by " + OVERDUE, "due " + task.due());
                }
            });
        }
    }

    private void judge(String id, OrderState order, Map<String, String> sagas, Map<String, RawStore.Task> tasks) {
        if (!order.isWaiting()) {
            findings.violated(Invariant.O2, id, "says whom it waits on", "says nothing");
        }
        String deadline = sagas.get(id);
        if (!sagas.containsKey(id)) {
            findings.violated(Invariant.O2, id, "it has a saga", "it has none");
        } else if (!tasks.containsKey(String.valueOf(deadline))) {
            findings.violated(Invariant.O2, id, "its deadline %s is scheduled".formatted(deadline), "it is not");
        }
    }
}
