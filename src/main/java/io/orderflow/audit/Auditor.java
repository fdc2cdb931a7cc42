package io.orderflow.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Evaluates every {@link Invariant} in one pass over the events of a snapshot.
 *
 * <p>It reads the raw tables and the gateway's ledger and shares no code with what wrote them, so that a mistake there is
 * not made here again.
 */
final class Auditor {

    /** Whoever handles events in this application; each has to have handled all of them. */
    private static final List<String> PROCESSORS = List.of("order-projection", "payment-projection",
            "inventory-projection", "tracking-timeline", "payment-gateway", "OrderFulfillmentProcessor",
            "AfterSalesProcessor");
    private static final String LEADER = "OrderFulfillmentProcessor";

    private final Set<String> knownEvents;

    /** @param knownEvents the names under which events may be stored */
    Auditor(Set<String> knownEvents) {
        this.knownEvents = knownEvents;
    }

    /** Reads the gateway's ledger, after the snapshot was taken; null where it cannot be read. */
    interface Ledgers {

        GatewayLedger read() throws Exception;
    }

    /**
     * @param snapshot a read-only transaction that sees one moment
     * @param at       when that was, UTC
     * @param running  whether the application goes on meanwhile
     * @param progress hears how many events were read
     */
    Report audit(Connection snapshot, Ledgers ledgers, Instant at, boolean running, LongConsumer progress)
            throws SQLException {
        var store = new RawStore(snapshot);
        var findings = new Findings();
        var money = new MoneyAudit(findings);
        var stock = new StockAudit(findings);
        var orders = new OrderAudit(findings, money, stock);
        List<Audit> audits = List.of(new EventNumbers(knownEvents), stock, money, orders);
        Map<String, Position> positions = store.positions();
        Map<String, RawStore.Parked> parked = store.parked();
        Map<ProcessorAudit, ProjectionAudit> processors = processors(positions, parked);
        long[] head = {-1};
        long[] events = {0};

        store.forEachEvent(event -> {
            head[0] = event.index();
            events[0]++;
            audits.forEach(audit -> audit.on(event));
            processors.forEach((processor, projection) -> {
                if (processor.hasHandled(event) && projection != null) {
                    projection.on(event);
                }
            });
        }, progress);

        audits.forEach(audit -> audit.judge(findings));
        for (var entry : processors.entrySet()) {
            entry.getKey().judge(head[0], running ? at : null, findings);
            if (entry.getValue() != null) {
                entry.getValue().compare(snapshot, findings);
            }
        }
        var liveness = new LivenessAudit(store, findings);
        liveness.judgeAnswers(orders);
        liveness.judgeOrders(orders, positions.getOrDefault(LEADER, Position.START),
                parked.getOrDefault(LEADER, RawStore.Parked.NOTHING), running ? at : null);
        judgeLedger(ledgers, running, money, findings);
        return Report.of(findings, at, events[0]);
    }

    private static Map<ProcessorAudit, ProjectionAudit> processors(Map<String, Position> positions,
            Map<String, RawStore.Parked> parked) {
        Map<String, ProjectionAudit> projections = new HashMap<>();
        for (var projection : List.of(new OrderProjectionAudit(), new PaymentProjectionAudit(),
                new StockProjectionAudit(), new TimelineAudit())) {
            projections.put(projection.processor(), projection);
        }
        Map<ProcessorAudit, ProjectionAudit> processors = new LinkedHashMap<>();
        var names = new ArrayList<>(PROCESSORS);
        positions.keySet().stream().filter(name -> !PROCESSORS.contains(name)).sorted().forEach(names::add);
        for (String name : names) {
            processors.put(new ProcessorAudit(name, positions.get(name),
                    parked.getOrDefault(name, RawStore.Parked.NOTHING)), projections.get(name));
        }
        return processors;
    }

    private static void judgeLedger(Ledgers ledgers, boolean running, MoneyAudit money, Findings findings) {
        try {
            GatewayLedger ledger = ledgers.read();
            if (ledger == null) {
                findings.notEvaluated(Invariant.M3, "the gateway's ledger cannot be read from here;"
                        + " /v1/operations/reconciliation compares it");
            } else {
                new LedgerAudit(ledger, running).judge(money, findings);
            }
        } catch (Exception e) {
            findings.notEvaluated(Invariant.M3, "the gateway's ledger cannot be read: " + e.getMessage());
        }
    }
}
