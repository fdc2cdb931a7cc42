package io.orderflow.payment.reconciliation;

import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.query.ReconciliationView.Difference;
import io.orderflow.payment.reconciliation.ReconciliationRows.Attempt;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The work of one reconciliation: copies the gateway's ledger page by page, then compares it with our operations, so
 * that any operation that changed meanwhile is recent and counts as in flight.
 */
final class ReconciliationRun {

    static final int PAGE = 500;
    static final int MOST_LISTED = 200;

    private final Attempt run;
    private final ReconciliationRows reconciliations;
    private final LedgerRows ledgers;
    private final TransactionOperations transaction;
    private final List<Difference> listed = new ArrayList<>();
    private long compared;
    private long inFlight;
    private long differences;

    ReconciliationRun(Attempt run, ReconciliationRows reconciliations, LedgerRows ledgers,
            TransactionOperations transaction) {
        this.run = run;
        this.reconciliations = reconciliations;
        this.ledgers = ledgers;
        this.transaction = transaction;
    }

    /** @param differences number of all, of which the first are listed */
    record Report(long compared, long inFlight, long differences, List<Difference> listed) {
    }

    /** The next page of the gateway is requested between two transactions, never inside one. */
    void copy(Iterator<GatewayEntry> ledger) {
        while (ledger.hasNext()) {
            var page = new ArrayList<GatewayEntry>();
            while (page.size() < PAGE && ledger.hasNext()) {
                page.add(ledger.next());
            }
            transaction.executeWithoutResult(status -> {
                reconciliations.proceed(run, compared + page.size());
                ledgers.add(run, compared, page);
            });
            compared += page.size();
        }
    }

    Report compare(LedgerComparison comparison) {
        compared = 0;
        compare(comparison, last -> ledgers.named(run, last, PAGE));
        compare(comparison, last -> ledgers.unnamed(run, last, PAGE));
        return new Report(compared, inFlight, differences, listed);
    }

    private void compare(LedgerComparison comparison, Function<@Nullable LedgerPair, List<LedgerPair>> pageAfter) {
        LedgerPair last = null;
        List<LedgerPair> page;
        do {
            page = pageAfter.apply(last);
            for (LedgerPair pair : page) {
                var result = comparison.of(pair);
                compared++;
                inFlight += result.inFlight() ? 1 : 0;
                differences += result.differences().size();
                result.differences().stream().limit(MOST_LISTED - listed.size()).forEach(listed::add);
                last = pair;
            }
        } while (page.size() == PAGE);
    }
}
