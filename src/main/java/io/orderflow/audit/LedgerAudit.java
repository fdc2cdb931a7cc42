package io.orderflow.audit;

import java.util.HashSet;
import java.util.Set;

/** M3 and the gateway's half of M4. */
final class LedgerAudit {

    private final GatewayLedger ledger;
    private final boolean running;

    /** @param running whether the application goes on while this is judged, so that the ledger may be ahead of it */
    LedgerAudit(GatewayLedger ledger, boolean running) {
        this.ledger = ledger;
        this.running = running;
    }

    void judge(MoneyAudit money, Findings findings) {
        Set<String> ours = new HashSet<>();
        for (PaymentLedger books : money.all()) {
            books.operations().forEach((id, operation) -> {
                ours.add(id);
                compare(id, operation, books, findings);
            });
        }
        ledger.entries().forEach((id, entry) -> {
            if (!ours.contains(id) && entry.isDone() && !running) {
                findings.violated(Invariant.M3, id, "an operation that we have asked for", entry.text()
                        + ", asked for by nobody");
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
        findings.figure(Invariant.M3, "ledger_net", net());
    }

    /** What we do not know yet we may learn; what we know the gateway must know. */
    private void compare(String id, PaymentLedger.Operation operation, PaymentLedger books, Findings findings) {
        GatewayLedger.Entry entry = ledger.entries().get(id);
        if (operation.state() == PaymentLedger.State.OPEN || operation.state() == PaymentLedger.State.SETTLED_BY_HAND
                || operation.kind() == PaymentLedger.Kind.CAPTURE && operation.amount() == 0) {
            return;
        }
        boolean done = operation.state() == PaymentLedger.State.DONE;
        if (entry == null) {
            if (done) {
                findings.violated(Invariant.M3, id, text(operation, books) + " in the gateway's ledger",
                        "nothing");
            }
            return;
        }
        if (entry.isDone() != done && !isBounced(operation, entry) && !isGivenBack(operation, books)) {
            findings.violated(Invariant.M3, id, "%s, as the gateway says".formatted(entry.fact()), operation.state());
        } else if (done) {
            findings.expect(Invariant.M3, id, entry.text(), text(operation, books));
        }
    }

    private static String text(PaymentLedger.Operation operation, PaymentLedger books) {
        return operation.kind() + " of " + books.text(operation.amount());
    }

    /** A refund that the bank sent back while nobody has told us yet. */
    private boolean isBounced(PaymentLedger.Operation operation, GatewayLedger.Entry entry) {
        return running && operation.kind() == PaymentLedger.Kind.REFUND && !entry.isDone();
    }

    /** Given up by us, and confirmed by the customer a moment before: the void that followed is compared by itself. */
    private static boolean isGivenBack(PaymentLedger.Operation operation, PaymentLedger books) {
        return operation.kind() == PaymentLedger.Kind.AUTHORIZATION && books.operations().values().stream().anyMatch(other ->
                other.kind() == PaymentLedger.Kind.VOID && other.state() == PaymentLedger.State.DONE);
    }

    private Sums net() {
        var net = new Sums();
        ledger.entries().values().stream().filter(GatewayLedger.Entry::isDone).forEach(entry -> {
            long sign = entry.kind() == PaymentLedger.Kind.CAPTURE ? 1 : entry.kind() == PaymentLedger.Kind.REFUND ? -1 : 0;
            net.add(entry.currency(), sign * entry.amount());
        });
        return net;
    }
}
