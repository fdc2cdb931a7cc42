package io.orderflow.payment;

import io.orderflow.payment.Operations.Operation;
import io.orderflow.payment.gateway.GatewayOutcome;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.Refusal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is allowed in the current state of a payment. Invariant: {@code 0 <= refunded <= captured <= authorized}. */
record PaymentRules(PaymentId paymentId, Money amount, Operations operations, Refunds refunds, Reversal reversal) {

    /** Whether an outcome changes the operation. Final outcomes stay, except that of a refund that bounces. */
    static boolean isChanged(Operation operation, GatewayOutcome outcome) {
        if (operation.status() == outcome.status()) {
            return false;
        }
        if (outcome.isUnknown()) {
            return operation.status() == OperationStatus.REQUESTED;
        }
        boolean bounced = operation.kind() == Kind.REFUND
                && !operation.isReversal() && operation.status() == OperationStatus.SUCCEEDED
                && outcome.status() == OperationStatus.FAILED;
        return operation.isOpen() || bounced;
    }

    void requireCapturable(Money wanted) {
        if (!operations.areAuthorized() || reversal != Reversal.NONE || wanted.isNegative()
                || wanted.compareTo(operations.capturable()) > 0) {
            throw new IllegalStateException("%s is %s, reversal %s: it cannot take %s, only %s".formatted(paymentId,
                    operations.status(), reversal, wanted, operations.capturable()));
        }
    }

    /**
     * The amount of a refund.
     *
     * @param wanted null for all that is left
     * @param due    what has to be captured in all, requested or not; null when that is not known
     * @throws Refusal when less is left to refund, also after the captures that are open or due
     */
    Money refundable(@Nullable Money wanted, @Nullable Money due) {
        if (reversal != Reversal.NONE) {
            throw reversed();
        }
        if (wanted != null && (wanted.isZero() || wanted.isNegative())) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid_amount", "The amount of a refund must be positive.");
        }
        var left = max(max(operations.captured().plus(operations.capturing()), due)
                .minus(refunds.claimed(amount.currency())), Money.zero(amount.currency()));
        if (left.isZero() || wanted != null && wanted.compareTo(left) > 0) {
            throw new Refusal(Refusal.Kind.CONFLICT, "exceeds_captured",
                    "No more can be refunded than was captured and is not refunded yet: %s.".formatted(left),
                    Map.of("refundable", left));
        }
        return wanted == null ? left : wanted;
    }

    private static Refusal reversed() {
        return new Refusal(Refusal.Kind.CONFLICT, "payment_reversed",
                "This payment is being reversed, or has been.");
    }

    private static Money max(Money known, @Nullable Money other) {
        return other == null || known.compareTo(other) >= 0 ? known : other;
    }

    /** Whether this amount is captured, and neither refunded nor claimed by another refund. */
    boolean isCovered(Money refund) {
        return refund.compareTo(reversible()) <= 0;
    }

    /** Captured money that a reversal has to refund: what refunds do not claim. */
    Money reversible() {
        var claimed = refunds.covered(amount.currency());
        return operations.captured().minus(claimed).minus(operations.reversed());
    }

    /** Whether no money is captured or authorized any more. */
    boolean isNothingOut() {
        return reversible().isZero() && operations.capturable().isZero() && !operations.awaitCustomer();
    }

    /**
     * Requires a failed operation that no later one has replaced, which staff can retry or settle.
     *
     * @throws Refusal otherwise
     */
    void requireOpenFailure(String operationId) {
        if (!operations.contains(operationId)) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "unknown_operation",
                    "This payment has no operation '%s'.".formatted(operationId));
        }
        if (!operations.isOpenFailure(operationId)) {
            throw new Refusal(Refusal.Kind.CONFLICT, "operation_not_failed", ("This operation is %s; only one that "
                    + "failed, and that no other has followed, can be retried or settled by hand.").formatted(
                            operations.get(operationId).status().name().toLowerCase(Locale.ROOT)));
        }
        if (operations.get(operationId).kind() == Kind.CAPTURE && reversal != Reversal.NONE) {
            throw reversed();
        }
    }
}
