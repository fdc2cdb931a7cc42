package io.orderflow.payment.reconciliation;

import static io.orderflow.payment.query.PaymentView.OperationStatus.SUCCEEDED;
import static io.orderflow.payment.query.ReconciliationView.DifferenceKind.AMOUNT_DIFFERS;
import static io.orderflow.payment.query.ReconciliationView.DifferenceKind.CURRENCY_DIFFERS;
import static io.orderflow.payment.query.ReconciliationView.DifferenceKind.EFFECT_TWICE;
import static io.orderflow.payment.query.ReconciliationView.DifferenceKind.KIND_DIFFERS;
import static io.orderflow.payment.query.ReconciliationView.DifferenceKind.MISSING_AT_GATEWAY;
import static io.orderflow.payment.query.ReconciliationView.DifferenceKind.STATE_DIFFERS;
import static io.orderflow.payment.query.ReconciliationView.DifferenceKind.UNKNOWN_HERE;

import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.payment.query.ReconciliationView.DifferenceKind;
import io.orderflow.shared.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tells whether our ledger and the gateway's agree about an operation.
 *
 * @param settledBefore what has changed since then is still in flight
 */
record LedgerComparison(Instant settledBefore) {

    /** In what the ledgers differ, and the same in a sentence. */
    record Finding(DifferenceKind kind, String text) {
    }

    /** @param findings what makes them differ; nothing unless they do */
    record Result(ComparisonResult verdict, List<Finding> findings) {
    }

    /** @param ours null when we have no such operation */
    Result of(OurOperation ours, LedgerLine line) {
        var findings = new ArrayList<Finding>();
        if (line.successes() > 1) {
            findings.add(new Finding(EFFECT_TWICE, "The gateway lists this %s times with success."
                    .formatted(line.successes())));
        }
        ComparisonResult state;
        if (ours == null) {
            state = unknownHere(line.theirs(), findings);
        } else if (line.theirs() == null) {
            state = missingThere(ours, findings);
        } else {
            compareIdentity(ours, line.theirs(), findings);
            state = compareState(ours, line.theirs(), findings);
        }
        return new Result(findings.isEmpty() ? state : ComparisonResult.DIFFERS, List.copyOf(findings));
    }

    private ComparisonResult unknownHere(GatewayEntry theirs, List<Finding> findings) {
        if (theirs.operationId() != null && isFresh(theirs.at())) {
            return ComparisonResult.IN_FLIGHT;
        }
        findings.add(new Finding(UNKNOWN_HERE, "The gateway has it (%s) %s.".formatted(
                words(theirs.kind(), theirs.amount(), theirs.status()), theirs.operationId() == null
                        ? "without an id of ours" : "under an id that we do not have")));
        return ComparisonResult.DIFFERS;
    }

    /** What was refused left no trace there, and what is worth nothing is never asked of the gateway. */
    private ComparisonResult missingThere(OurOperation ours, List<Finding> findings) {
        return switch (ours.status()) {
            case DECLINED, FAILED, SETTLED_BY_HAND -> ComparisonResult.AGREES;
            case REQUESTED, UNKNOWN -> ComparisonResult.IN_FLIGHT;
            case SUCCEEDED, PENDING, ACTION_REQUIRED -> {
                if (ours.amount().isZero()) {
                    yield ComparisonResult.AGREES;
                }
                if (isFresh(ours.settledAt())) {
                    yield ComparisonResult.IN_FLIGHT;
                }
                findings.add(new Finding(MISSING_AT_GATEWAY, "We have it (%s), the gateway does not know it."
                        .formatted(words(ours.kind(), ours.amount(), ours.status()))));
                yield ComparisonResult.DIFFERS;
            }
        };
    }

    private static void compareIdentity(OurOperation ours, GatewayEntry theirs, List<Finding> findings) {
        if (ours.kind() != theirs.kind()) {
            findings.add(new Finding(KIND_DIFFERS, "We have it as %s, the gateway as %s.".formatted(
                    word(ours.kind()), word(theirs.kind()))));
        }
        if (theirs.amount() == null) {
            return;
        }
        if (!ours.amount().currency().equals(theirs.amount().currency())) {
            findings.add(new Finding(CURRENCY_DIFFERS, "We have %s, the gateway %s.".formatted(ours.amount(),
                    theirs.amount())));
        } else if (ours.amount().amount() != theirs.amount().amount()) {
            findings.add(new Finding(AMOUNT_DIFFERS, "We have %s, the gateway %s.".formatted(ours.amount(),
                    theirs.amount())));
        }
    }

    private ComparisonResult compareState(OurOperation ours, GatewayEntry theirs, List<Finding> findings) {
        if (!theirs.status().isFinal() && (ours.isOpen() || ours.isGivenUp())) {
            return ComparisonResult.IN_FLIGHT;
        }
        if (!ours.isOpen() && theirs.status().isFinal()
                && (ours.status() == SUCCEEDED) == (theirs.status() == SUCCEEDED)) {
            return ComparisonResult.AGREES;
        }
        if (ours.isGivenUpAndVoided() && theirs.status() == SUCCEEDED) {
            return ComparisonResult.AGREES;
        }
        if (isFresh(ours.settledAt()) || isFresh(theirs.at())) {
            return ComparisonResult.IN_FLIGHT;
        }
        findings.add(new Finding(STATE_DIFFERS, (ours.isOpen() ? "Not learned yet: we" : "We")
                + " have it as %s, the gateway as %s.".formatted(word(ours.status()), word(theirs.status()))));
        return ComparisonResult.DIFFERS;
    }

    private boolean isFresh(Instant at) {
        return at != null && at.isAfter(settledBefore);
    }

    private static String words(Kind kind, Money amount, OperationStatus status) {
        return word(kind) + " of " + amount + ", " + word(status);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
