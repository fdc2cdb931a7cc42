package io.orderflow.payment;

import io.orderflow.payment.Operations.Operation;
import io.orderflow.payment.Refunds.Refund;
import io.orderflow.payment.event.CaptureFailed;
import io.orderflow.payment.event.CaptureRequested;
import io.orderflow.payment.event.PaymentActionRequired;
import io.orderflow.payment.event.PaymentAuthorized;
import io.orderflow.payment.event.PaymentCaptured;
import io.orderflow.payment.event.PaymentDeclined;
import io.orderflow.payment.event.PaymentPending;
import io.orderflow.payment.event.PaymentRefunded;
import io.orderflow.payment.event.PaymentReversed;
import io.orderflow.payment.event.PaymentReversedInPart;
import io.orderflow.payment.event.PaymentUncertain;
import io.orderflow.payment.event.RefundFailed;
import io.orderflow.payment.event.RefundPostponed;
import io.orderflow.payment.event.RefundRequested;
import io.orderflow.payment.event.ReversalFailed;
import io.orderflow.payment.event.ReversalKind;
import io.orderflow.payment.event.ReversalRequested;
import io.orderflow.payment.event.SettledByHand;
import io.orderflow.payment.gateway.GatewayOutcome;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The events of a payment in its current state: requests to the gateway and what its answers mean. */
record PaymentFacts(PaymentId paymentId, OrderId orderId, Money amount, String authorizationId, Operations operations,
        Refunds refunds, Reversal reversal, Duration waitLimit) {

    /** A shipment worth nothing is captured without the gateway. */
    PaymentFact captureOf(String shipmentId, Money wanted) {
        var id = OperationIds.capture(paymentId, shipmentId, operations);
        return wanted.isZero() ? captured(id, shipmentId, wanted) : new CaptureRequested(paymentId, orderId, id,
                shipmentId, wanted, authorizationId, operations.status());
    }

    PaymentFact refundRequested(String refundId, Money wanted, String reason, int attempt) {
        return new RefundRequested(paymentId, orderId, refundId,
                OperationIds.refund(paymentId, refundId, operations), attempt, wanted, reason, authorizationId,
                operations.status());
    }

    PaymentFact refundPostponed(String refundId, Money wanted, String reason) {
        return new RefundPostponed(paymentId, orderId, refundId, wanted, reason, operations.status());
    }

    PaymentFact reversalRequested(ReversalKind kind, Money money, @Nullable WaitingOn waitingOn) {
        var id = OperationIds.reversal(paymentId, kind == ReversalKind.VOIDED ? Kind.VOID : Kind.REFUND, operations);
        return new ReversalRequested(paymentId, orderId, id, kind, money, authorizationId, waitingOn,
                operations.status());
    }

    PaymentFact abandoned(PaymentStatus status) {
        return new PaymentReversed(paymentId, orderId, OperationIds.authorization(paymentId), ReversalKind.ABANDONED,
                Money.zero(amount.currency()), status);
    }

    PaymentFact settledByHand(String id, Operation operation, String note) {
        return new SettledByHand(paymentId, orderId, id, operation.amount(), note, operations.status());
    }

    PaymentFact of(String id, Operation operation, GatewayOutcome outcome) {
        return switch (outcome.status()) {
            case UNKNOWN -> new PaymentUncertain(paymentId, orderId, id, outcome.detail(),
                    operation.kind() == Kind.AUTHORIZE || operation.isReversal() ? Code.PAYMENT_OUTCOME_UNKNOWN : null,
                    operation.kind() == Kind.AUTHORIZE ? PaymentStatus.UNKNOWN : operations.status());
            case PENDING -> new PaymentPending(paymentId, orderId, id,
                    operation.kind() == Kind.AUTHORIZE && reversal == Reversal.NONE ? Code.PAYMENT_PENDING : null,
                    operation.kind() == Kind.AUTHORIZE ? PaymentStatus.REQUESTED : operations.status());
            case ACTION_REQUIRED -> new PaymentActionRequired(paymentId, orderId, id, outcome.authorizationId(),
                    outcome.nextAction(), reversal == Reversal.NONE ? waitLimit : null);
            case SUCCEEDED -> operation.kind() == Kind.AUTHORIZE
                    ? new PaymentAuthorized(paymentId, orderId, id, amount, outcome.authorizationId(),
                            outcome.captureBefore())
                    : done(id, operation);
            default -> refused(id, operation, outcome);
        };
    }

    /** The event of an operation that was done by the gateway or by hand. */
    PaymentFact done(String id, Operation operation) {
        var paidBack = operations.refunded().plus(operation.amount());
        var status = operations.statusWith(operations.captured(), paidBack);
        return switch (operation.kind()) {
            case AUTHORIZE -> throw new IllegalArgumentException("An authorization cannot be done without the gateway");
            case CAPTURE -> captured(id, operation.subject(), operation.amount());
            case VOID -> new PaymentReversed(paymentId, orderId, id, ReversalKind.VOIDED, operation.amount(),
                    operations.statusOnceVoided());
            case REFUND -> !operation.isReversal()
                    ? new PaymentRefunded(paymentId, orderId, operation.subject(), id, operation.amount(), paidBack,
                            status)
                    : operations.capturable().isZero()
                    ? new PaymentReversed(paymentId, orderId, id, ReversalKind.REFUNDED, operation.amount(), status)
                    : new PaymentReversedInPart(paymentId, orderId, id, ReversalKind.REFUNDED, operation.amount(),
                            status);
        };
    }

    private PaymentCaptured captured(String id, String shipmentId, Money taken) {
        var total = operations.captured().plus(taken);
        return new PaymentCaptured(paymentId, orderId, id, shipmentId, taken, total,
                operations.statusWith(total, operations.refunded()));
    }

    private PaymentFact refused(String id, Operation operation, GatewayOutcome outcome) {
        if (operation.isReversal()) {
            return new ReversalFailed(paymentId, orderId, id, outcome.code(), outcome.detail(),
                    operations.status());
        }
        return switch (operation.kind()) {
            case CAPTURE -> new CaptureFailed(paymentId, orderId, id, operation.subject(), outcome.code(),
                    outcome.detail(), operations.status());
            case REFUND -> refundFailed(id, operation, refunds.get(operation.subject()), outcome);
            default -> new PaymentDeclined(paymentId, orderId, id, outcome.code(), outcome.detail());
        };
    }

    /** A refund that bounces is not tried again by itself: the customer's account needs attention. */
    private RefundFailed refundFailed(String id, Operation operation, Refund refund, GatewayOutcome outcome) {
        boolean bounced = operation.status().isDone();
        var total = bounced ? operations.refunded().minus(operation.amount()) : operations.refunded();
        return new RefundFailed(paymentId, orderId, refund.id(), id, refund.attempts(), operation.amount(), total,
                outcome.code(), outcome.detail(), bounced || refund.attempts() >= Refunds.ATTEMPTS,
                operations.statusWith(operations.captured(), total));
    }
}
