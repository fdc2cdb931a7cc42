package io.orderflow.payment.reconciliation;

import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.query.ReconciliationView.Difference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.transaction.support.TransactionOperations;

/**
 * One comparison of both ledgers: first what the gateway names, then what only we have, and at the end everything
 * that seems to differ once more, because it may have been finished meanwhile. Holds one page of either at a time.
 */
class ReconciliationRun {

    static final int PAGE = 500;
    static final int MOST_LISTED = 200;

    private final ReconciliationAttempt run;
    private final LedgerComparison comparison;
    private final ReconciliationTables tables;
    private final TransactionOperations transaction;
    private long compared;
    private long inFlight;
    private long differences;

    ReconciliationRun(ReconciliationAttempt run, LedgerComparison comparison, ReconciliationTables tables,
            TransactionOperations transaction) {
        this.run = run;
        this.comparison = comparison;
        this.tables = tables;
        this.transaction = transaction;
    }

    long differences() {
        return differences;
    }

    /** The gateway is asked for its next page between two transactions, never within one. */
    void readTheirs(Stream<GatewayEntry> ledger) {
        var entries = ledger.iterator();
        while (entries.hasNext()) {
            var page = new ArrayList<GatewayEntry>();
            do {
                page.add(LedgerLine.bounded(entries.next()));
            } while (page.size() < PAGE && entries.hasNext());
            step(() -> compare(page));
        }
    }

    void readOurs() {
        OurOperation last = null;
        List<OurOperation> page;
        do {
            var after = last;
            page = step(() -> compareUnnamed(after));
            last = page.isEmpty() ? null : page.get(page.size() - 1);
        } while (page.size() == PAGE);
    }

    void report() {
        long last = 0;
        List<LedgerLine> page;
        do {
            long after = last;
            page = step(() -> settle(after));
            last = page.isEmpty() ? last : page.get(page.size() - 1).position();
        } while (page.size() == PAGE);
    }

    private List<LedgerLine> compare(List<GatewayEntry> page) {
        var before = tables.lines().find(run, page.stream().map(GatewayEntry::operationId).filter(Objects::nonNull)
                .distinct().toList());
        var lines = new LinkedHashMap<Object, LedgerLine>();
        for (GatewayEntry entry : page) {
            Object key = entry.operationId() == null ? new Object() : entry.operationId();
            var earlier = lines.getOrDefault(key, before.get(entry.operationId()));
            lines.put(key, earlier == null ? LedgerLine.of(++compared, entry) : earlier.and(entry));
        }
        var judged = judge(lines.values());
        inFlight -= before.values().stream().filter(LedgerLine::isInFlight).count();
        tables.lines().add(run, judged.stream().filter(line -> !before.containsKey(line.operationId())).toList());
        tables.lines().replace(run, judged.stream().filter(line -> before.containsKey(line.operationId())).toList());
        return judged;
    }

    private List<OurOperation> compareUnnamed(OurOperation after) {
        var page = tables.ours().unnamed(run, after, PAGE);
        tables.lines().add(run, judge(page.stream().map(ours -> LedgerLine.without(++compared, ours)).toList()));
        return page;
    }

    private List<LedgerLine> judge(Collection<LedgerLine> lines) {
        var ours = tables.ours().find(lines.stream().map(LedgerLine::operationId).filter(Objects::nonNull).toList());
        var judged = lines.stream().map(line -> line.judged(
                comparison.of(ours.get(line.operationId()), line).verdict())).toList();
        inFlight += judged.stream().filter(LedgerLine::isInFlight).count();
        return judged;
    }

    private List<LedgerLine> settle(long after) {
        var suspects = tables.lines().suspects(run, after, PAGE);
        var ours = tables.ours().find(suspects.stream().map(LedgerLine::operationId).filter(Objects::nonNull).toList());
        for (LedgerLine line : suspects) {
            var operation = ours.get(line.operationId());
            var result = comparison.of(operation, line);
            inFlight += result.verdict() == ComparisonResult.IN_FLIGHT ? 1 : 0;
            result.findings().forEach(finding -> list(finding, operation, line));
        }
        return suspects;
    }

    private void list(LedgerComparison.Finding finding, OurOperation ours, LedgerLine line) {
        differences++;
        if (differences <= MOST_LISTED) {
            tables.differences().add(run, differences, new Difference(finding.kind(), line.operationId(),
                    ours == null ? null : ours.paymentId(), line.reference(), ours == null ? null : ours.view(),
                    line.view(), finding.text()));
        }
    }

    /** What is written of a step is written by the attempt that owns the run, or not at all. */
    private <T> T step(Supplier<T> work) {
        return transaction.execute(status -> {
            tables.runs().proceed(run, compared, inFlight, differences);
            T result = work.get();
            tables.runs().proceed(run, compared, inFlight, differences);
            return result;
        });
    }
}
