package io.orderflow.audit;

import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Evaluates every {@link Invariant} in one pass over the events of a snapshot.
 *
 * <p>It reads the raw tables and the gateway's ledger and shares no code with what wrote them, so that a mistake there
 * is not repeated here.
 */
final class Auditor {

    private static final int FETCH_SIZE = 1000;

    private final JdbcTemplate store;
    private final Findings findings = new Findings();
    private final Payments payments = new Payments(findings);
    private final Stock stock = new Stock(findings);
    private final Orders orders = new Orders(findings);
    private final EventNumbers numbers = new EventNumbers(findings);
    private long events;
    private long head = -1;

    /** @param snapshot a read-only transaction that sees the store at one moment */
    Auditor(Connection snapshot) {
        store = new JdbcTemplate(new SingleConnectionDataSource(snapshot, true));
        store.setFetchSize(FETCH_SIZE);
    }

    long countEvents() {
        return store.queryForObject("SELECT COUNT(*) FROM axon.domain_event_entry", Long.class);
    }

    /**
     * @param ledger   reads the gateway's ledger after the snapshot was taken; null if that is not possible
     * @param at       when the snapshot was taken
     * @param running  whether the application is running
     * @param progress receives how many events were read
     */
    Report audit(Callable<@Nullable GatewayLedger> ledger, Instant at, boolean running, LongConsumer progress) {
        Map<String, Processor> processors = Processor.all(store);
        Map<String, Projection> projections = Projection.all().stream()
                .collect(Collectors.toMap(Projection::processor, Function.identity()));
        List<Consumer<EventRow>> folds = List.of(numbers::on, stock::on, payments::on, orders::on);

        store.query(EventRow.QUERY, row -> {
            var event = EventRow.of(row);
            folds.forEach(fold -> fold.accept(event));
            processors.forEach((name, processor) -> {
                Projection projection = projections.get(name);
                if (processor.hasHandled(event) && projection != null) {
                    projection.fold().accept(event);
                }
            });
            head = event.index();
            progress.accept(++events);
        });

        numbers.judge();
        stock.judge();
        payments.judge();
        orders.judge(payments);
        Instant now = running ? at : null;
        processors.values().forEach(processor -> processor.judge(head, now, findings));
        processors.keySet().stream().map(projections::get).filter(Objects::nonNull)
                .forEach(projection -> projection.compare(store, findings));
        var liveness = new Liveness(store, orders, findings);
        liveness.judgeAnswers();
        liveness.judgeOrders(processors.get(Processor.FULFILLMENT), now);
        judgeLedger(ledger, running);
        return findings.report(at, events);
    }

    private void judgeLedger(Callable<@Nullable GatewayLedger> ledgers, boolean running) {
        try {
            GatewayLedger ledger = ledgers.call();
            if (ledger == null) {
                findings.notEvaluated(Invariant.M3, "the gateway's ledger cannot be read from here;"
                        + " /v1/operations/reconciliation compares it");
            } else {
                new LedgerComparison(ledger, running, findings).judge(payments);
            }
        } catch (Exception e) {
            findings.notEvaluated(Invariant.M3, "the gateway's ledger cannot be read: " + e.getMessage());
        }
    }
}
