package io.orderflow.audit;

import io.orderflow.audit.PaymentState.Kind;
import io.orderflow.audit.PaymentState.Operation;
import io.orderflow.audit.PaymentState.State;
import java.util.HashSet;
import java.util.Set;

/**
 * M3, and M4 at the gateway.
 *
 * @param running whether the application is running, so that the ledger may be ahead of the store
 */
record LedgerComparison(GatewayLedger ledger, boolean running, Findings findings) {

    void judge(Payments payments) {
        Set<String> ours = new HashSet<>();
        for (PaymentState payment : payments.all()) {
            payment.operations().forEach((id, operation) -> {
                ours.add(id);
                compare(id, operation, payment);
            });
        }
        var net = new Sums();
        ledger.entries().forEach((id, entry) -> {
            if (entry.isDone()) {
                net.add(entry.currency(), entry.kind() == Kind.CAPTURE ? entry.amount()
                        : entry.kind() == Kind.REFUND ? -entry.amount() : 0);
                if (!ours.contains(id) && !running) {
                    findings.violated(Invariant.M3, id, "an operation that we requested", entry.text()
                            + ", which we did not request");
                }
            }
        });
        ledger.successes().forEach((id, times) -> {
            if (times > 1) {
                findings.violated(Invariant.M4, id, "succeeds once", "succeeded %s times".formatted(times));
            }
        });
        ledger.chargesByOrder().forEach((order, charges) -> {
            if (charges > 1) {
                findings.violated(Invariant.M4, order, "at most one charge", charges + " charges");
            }
        });
        findings.figure(Invariant.M3, "operations", ours.size());
        findings.figure(Invariant.M3, "ledger_operations", ledger.entries().size());
        findings.figure(Invariant.M3, "ledger_net", net);
    }

    /** An outcome that we do not know yet is no difference; one that we know must be in the ledger. */
    private void compare(String id, Operation operation, PaymentState payment) {
        if (operation.state() == State.OPEN || operation.state() == State.SETTLED_BY_HAND
                || operation.kind() == Kind.CAPTURE && operation.amount() == 0) {
            return;
        }
        boolean done = operation.state() == State.DONE;
        String text = operation.kind() + " of " + payment.text(operation.amount());
        GatewayLedger.Entry entry = ledger.entries().get(id);
        if (entry == null) {
            if (done) {
                findings.violated(Invariant.M3, id, text + " in the gateway's ledger", "nothing");
            }
        } else if (entry.isDone() != done && !isBounced(operation, entry) && !isVoided(operation, payment)) {
            findings.violated(Invariant.M3, id, "%s, as the gateway says".formatted(entry.fact()), operation.state());
        } else if (done) {
            findings.expect(Invariant.M3, id, entry.text(), text);
        }
    }

    /** A refund that failed after it had succeeded, which is not recorded here yet. */
    private boolean isBounced(Operation operation, GatewayLedger.Entry entry) {
        return running && operation.kind() == Kind.REFUND && !entry.isDone();
    }

    /** An authorization that succeeded just before we gave it up; the void that followed is compared by itself. */
    private static boolean isVoided(Operation operation, PaymentState payment) {
        return operation.kind() == Kind.AUTHORIZATION && payment.operations().values().stream().anyMatch(other ->
                other.kind() == Kind.VOID && other.state() == State.DONE);
    }
}
