package io.orderflow.payment.reconciliation;

import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.payment.query.ReconciliationView.Theirs;
import io.orderflow.shared.StorableText;

/**
 * What the gateway's ledger says in all about one operation.
 *
 * @param position    the line's number in its reconciliation
 * @param operationId our id; null when the gateway did this without one
 * @param theirs      null when the gateway does not know the operation
 * @param successes   how often the gateway lists it with success
 * @param verdict     null until it is compared
 */
record LedgerLine(long position, String operationId, GatewayEntry theirs, int successes, ComparisonResult verdict) {

    private static final int LONGEST_NAME = 255;

    public static LedgerLine of(long position, GatewayEntry theirs) {
        return new LedgerLine(position, theirs.operationId(), theirs, successes(theirs), null);
    }

    public static LedgerLine without(long position, OurOperation ours) {
        return new LedgerLine(position, ours.id(), null, 0, null);
    }

    /** A later entry stands for an earlier one, but never in place of a success. */
    public LedgerLine and(GatewayEntry later) {
        var standing = theirs.status() == OperationStatus.SUCCEEDED ? theirs : later;
        return new LedgerLine(position, operationId, standing, successes + successes(later), null);
    }

    public LedgerLine judged(ComparisonResult found) {
        return new LedgerLine(position, operationId, theirs, successes, found);
    }

    public boolean isInFlight() {
        return verdict == ComparisonResult.IN_FLIGHT;
    }

    public String reference() {
        return theirs == null ? null : theirs.reference();
    }

    public Theirs view() {
        return theirs == null ? null : new Theirs(theirs.kind(), theirs.status(), theirs.amount(), theirs.at());
    }

    /** No id of ours is nearly as long, and what is not ours may be of any length. */
    public static GatewayEntry bounded(GatewayEntry entry) {
        return new GatewayEntry(StorableText.cut(entry.operationId(), LONGEST_NAME),
                StorableText.cut(entry.reference(), LONGEST_NAME), entry.kind(), entry.amount(), entry.status(),
                entry.at());
    }

    private static int successes(GatewayEntry entry) {
        return entry.status() == OperationStatus.SUCCEEDED ? 1 : 0;
    }
}
