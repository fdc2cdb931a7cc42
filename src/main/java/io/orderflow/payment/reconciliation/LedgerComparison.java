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
import io.orderflow.payment.query.ReconciliationView.Difference;
import io.orderflow.payment.query.ReconciliationView.DifferenceKind;
import io.orderflow.payment.query.ReconciliationView.Ours;
import io.orderflow.payment.query.ReconciliationView.Theirs;
import io.orderflow.shared.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Compares one operation in both ledgers.
 *
 * @param settledBefore a later change may not have reached the other side yet
 */
record LedgerComparison(Instant settledBefore) {

    /** @param inFlight whether only a later comparison can tell */
    record Result(boolean inFlight, List<Difference> differences) {
    }

    Result of(LedgerPair pair) {
        var found = new ArrayList<Difference>();
        if (pair.successes() > 1) {
            found.add(difference(pair, EFFECT_TWICE, "The gateway lists this operation %s times as succeeded."
                    .formatted(pair.successes())));
        }
        boolean inFlight;
        if (pair.ours() == null) {
            inFlight = isUnknownHere(pair, pair.theirs(), found);
        } else if (pair.theirs() == null) {
            inFlight = isMissingThere(pair, pair.ours(), found);
        } else {
            compareIdentity(pair, pair.ours(), pair.theirs(), found);
            inFlight = compareState(pair, pair.ours(), pair.theirs(), found);
        }
        return new Result(inFlight && found.isEmpty(), List.copyOf(found));
    }

    private boolean isUnknownHere(LedgerPair pair, GatewayEntry theirs, List<Difference> found) {
        if (theirs.operationId() != null && isFresh(theirs.at())) {
            return true;
        }
        found.add(difference(pair, UNKNOWN_HERE, "The gateway has it (%s) %s.".formatted(
                words(theirs.kind(), theirs.amount(), theirs.status()), theirs.operationId() == null
                        ? "without an id of ours" : "under an id that we do not have")));
        return false;
    }

    /** A refused operation need not be there, and one of zero is never sent. */
    private boolean isMissingThere(LedgerPair pair, OurOperation ours, List<Difference> found) {
        return switch (ours.status()) {
            case DECLINED, FAILED, SETTLED_BY_HAND -> false;
            case REQUESTED, UNKNOWN -> true;
            case SUCCEEDED, PENDING, ACTION_REQUIRED -> {
                boolean isFresh = isFresh(ours.settledAt());
                if (!ours.amount().isZero() && !isFresh) {
                    found.add(difference(pair, MISSING_AT_GATEWAY, "We have it (%s), the gateway does not know it."
                            .formatted(words(ours.kind(), ours.amount(), ours.status()))));
                }
                yield !ours.amount().isZero() && isFresh;
            }
        };
    }

    private static void compareIdentity(LedgerPair pair, OurOperation ours, GatewayEntry theirs,
            List<Difference> found) {
        if (ours.kind() != theirs.kind()) {
            found.add(difference(pair, KIND_DIFFERS, "We have it as %s, the gateway as %s.".formatted(
                    word(ours.kind()), word(theirs.kind()))));
        }
        if (theirs.amount() != null && !ours.amount().equals(theirs.amount())) {
            boolean sameCurrency = ours.amount().currency().equals(theirs.amount().currency());
            found.add(difference(pair, sameCurrency ? AMOUNT_DIFFERS : CURRENCY_DIFFERS,
                    "We have %s, the gateway %s.".formatted(ours.amount(), theirs.amount())));
        }
    }

    private boolean compareState(LedgerPair pair, OurOperation ours, GatewayEntry theirs, List<Difference> found) {
        if (!theirs.status().isFinal() && (ours.isOpen() || ours.isGivenUp())) {
            return true;
        }
        boolean sameEnd = !ours.isOpen() && theirs.status().isFinal()
                && (ours.status() == SUCCEEDED) == (theirs.status() == SUCCEEDED);
        // The customer confirmed just before the void, which is compared by itself.
        boolean confirmedAndVoided = ours.isGivenUp() && ours.voided() && theirs.status() == SUCCEEDED;
        if (sameEnd || confirmedAndVoided) {
            return false;
        }
        if (isFresh(ours.settledAt()) || isFresh(theirs.at())) {
            return true;
        }
        found.add(difference(pair, STATE_DIFFERS, (ours.isOpen() ? "Not learned yet: we" : "We")
                + " have it as %s, the gateway as %s.".formatted(word(ours.status()), word(theirs.status()))));
        return false;
    }

    private boolean isFresh(@Nullable Instant at) {
        return at != null && at.isAfter(settledBefore);
    }

    private static Difference difference(LedgerPair pair, DifferenceKind kind, String text) {
        var ours = pair.ours();
        var theirs = pair.theirs();
        return new Difference(kind, pair.operationId(), ours == null ? null : ours.paymentId(),
                theirs == null ? null : theirs.reference(),
                ours == null ? null : new Ours(ours.kind(), ours.status(), ours.amount()),
                theirs == null ? null : new Theirs(theirs.kind(), theirs.status(), theirs.amount(), theirs.at()), text);
    }

    private static String words(Kind kind, @Nullable Money amount, OperationStatus status) {
        return word(kind) + " of " + amount + ", " + word(status);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
