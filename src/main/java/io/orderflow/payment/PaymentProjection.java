package io.orderflow.payment;

import static io.orderflow.platform.spi.StoredInstant.utc;

import io.orderflow.payment.event.CaptureFailed;
import io.orderflow.payment.event.CaptureRequested;
import io.orderflow.payment.event.PaymentActionRequired;
import io.orderflow.payment.event.PaymentAuthorized;
import io.orderflow.payment.event.PaymentCaptured;
import io.orderflow.payment.event.PaymentDeclined;
import io.orderflow.payment.event.PaymentPending;
import io.orderflow.payment.event.PaymentRefunded;
import io.orderflow.payment.event.PaymentRequested;
import io.orderflow.payment.event.PaymentReversed;
import io.orderflow.payment.event.PaymentReversedInPart;
import io.orderflow.payment.event.PaymentUncertain;
import io.orderflow.payment.event.RefundFailed;
import io.orderflow.payment.event.RefundPostponed;
import io.orderflow.payment.event.RefundRequested;
import io.orderflow.payment.event.ReversalDemanded;
import io.orderflow.payment.event.ReversalFailed;
import io.orderflow.payment.event.ReversalKind;
import io.orderflow.payment.event.ReversalRequested;
import io.orderflow.payment.event.SettledByHand;
import io.orderflow.payment.query.FindPayment;
import io.orderflow.payment.query.PaymentView;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.payment.query.RefundView.Status;
import io.orderflow.platform.spi.LiveUpdates;
import io.orderflow.platform.spi.ProjectedTables;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps the payment resource up to date and notifies subscribers. */
@Component
@ProcessingGroup(PaymentProjection.GROUP)
@ProjectedTables({"payments.payment", "payments.operation", "payments.refund"})
class PaymentProjection {

    static final String GROUP = "payment-projection";

    private final PaymentRows rows;
    private final LiveUpdates<FindPayment> updates;

    PaymentProjection(PaymentRows rows, QueryUpdateEmitter emitter) {
        this.rows = rows;
        this.updates = new LiveUpdates<>(emitter, FindPayment.class, FindPayment::paymentId, rows::find);
    }

    @EventHandler
    void on(PaymentRequested event, @SequenceNumber long position, @Timestamp Instant at) {
        rows.add(event, at);
        rows.addOperation(event.paymentId(), event.operationId(), position, Kind.AUTHORIZE, null,
                OperationStatus.REQUESTED, event.amount(), at);
        updates.announce(event.paymentId());
    }

    @EventHandler
    void on(PaymentUncertain event, @SequenceNumber long position, @Timestamp Instant at) {
        rows.setOperation(event.operationId(), OperationStatus.UNKNOWN, null);
        change(event, position, at, "");
    }

    @EventHandler
    void on(PaymentPending event, @SequenceNumber long position, @Timestamp Instant at) {
        rows.setOperation(event.operationId(), OperationStatus.PENDING, null);
        change(event, position, at, "");
    }

    @EventHandler
    void on(PaymentActionRequired event, @SequenceNumber long position, @Timestamp Instant at) {
        rows.setOperation(event.operationId(), OperationStatus.ACTION_REQUIRED, null);
        var action = event.nextAction();
        change(event, position, at, " authorization_id = ?, action_type = ?, action_url = ?, action_expires_at = ?,",
                event.authorizationId(), action.type(), action.url(), utc(action.expiresAt()));
    }

    @EventHandler
    void on(PaymentAuthorized event, @SequenceNumber long position, @Timestamp Instant at) {
        rows.setOperation(event.operationId(), OperationStatus.SUCCEEDED, null);
        change(event, position, at, " authorized = ?, authorization_id = ?, capture_before = ?, action_type = null,"
                + " action_url = null, action_expires_at = null,", event.amount().amount(), event.authorizationId(),
                utc(event.captureBefore()));
    }

    @EventHandler
    void on(PaymentDeclined event, @SequenceNumber long position, @Timestamp Instant at) {
        rows.setOperation(event.operationId(), OperationStatus.DECLINED, event.code());
        change(event, position, at, "");
    }

    @EventHandler
    void on(CaptureRequested event, @SequenceNumber long position, @Timestamp Instant at) {
        rows.addOperation(event.paymentId(), event.operationId(), position, Kind.CAPTURE, event.shipmentId(),
                OperationStatus.REQUESTED, event.amount(), at);
        change(event, position, at, "");
    }

    /** A capture worth nothing was never requested. */
    @EventHandler
    void on(PaymentCaptured event, @SequenceNumber long position, @Timestamp Instant at) {
        if (!rows.setOperation(event.operationId(), OperationStatus.SUCCEEDED, null)) {
            rows.addOperation(event.paymentId(), event.operationId(), position, Kind.CAPTURE, event.shipmentId(),
                    OperationStatus.SUCCEEDED, event.amount(), at);
        }
        change(event, position, at, " captured = ?,", event.capturedTotal().amount());
    }

    @EventHandler
    void on(CaptureFailed event, @SequenceNumber long position, @Timestamp Instant at) {
        rows.setOperation(event.operationId(), OperationStatus.FAILED, event.code());
        change(event, position, at, "");
    }

    @EventHandler
    void on(ReversalDemanded event, @SequenceNumber long position, @Timestamp Instant at) {
        change(event, position, at, "");
    }

    @EventHandler
    void on(ReversalRequested event, @SequenceNumber long position, @Timestamp Instant at) {
        rows.addOperation(event.paymentId(), event.operationId(), position,
                event.kind() == ReversalKind.REFUNDED ? Kind.REFUND : Kind.VOID, null,
                OperationStatus.REQUESTED, event.amount(), at);
        change(event, position, at, "");
    }

    @EventHandler
    void on(PaymentReversedInPart event, @SequenceNumber long position, @Timestamp Instant at) {
        rows.setOperation(event.operationId(), OperationStatus.SUCCEEDED, null);
        change(event, position, at, " refunded = refunded + ?,", event.amount().amount());
    }

    /** An authorization that is still open will not succeed any more. */
    @EventHandler
    void on(PaymentReversed event, @SequenceNumber long position, @Timestamp Instant at) {
        if (event.kind() != ReversalKind.ABANDONED) {
            rows.setOperation(event.operationId(), OperationStatus.SUCCEEDED, null);
        }
        rows.closeAuthorization(event.paymentId());
        change(event, position, at, " refunded = refunded + ?,",
                event.kind() == ReversalKind.REFUNDED ? event.amount().amount() : 0);
    }

    @EventHandler
    void on(ReversalFailed event, @SequenceNumber long position, @Timestamp Instant at) {
        rows.setOperation(event.operationId(), OperationStatus.FAILED, event.code());
        change(event, position, at, "");
    }

    @EventHandler
    void on(RefundPostponed event, @SequenceNumber long position, @Timestamp Instant at) {
        rows.addRefund(event.paymentId(), event.refundId(), position, event.amount(), event.reason(),
                Status.POSTPONED);
        change(event, position, at, "");
    }

    @EventHandler
    void on(RefundRequested event, @SequenceNumber long position, @Timestamp Instant at) {
        if (!rows.setRefund(event.refundId(), Status.REQUESTED)) {
            rows.addRefund(event.paymentId(), event.refundId(), position, event.amount(), event.reason(),
                    Status.REQUESTED);
        }
        rows.addOperation(event.paymentId(), event.operationId(), position, Kind.REFUND, event.refundId(),
                OperationStatus.REQUESTED, event.amount(), at);
        change(event, position, at, "");
    }

    @EventHandler
    void on(PaymentRefunded event, @SequenceNumber long position, @Timestamp Instant at) {
        rows.setOperation(event.operationId(), OperationStatus.SUCCEEDED, null);
        rows.setRefund(event.refundId(), Status.SUCCEEDED);
        change(event, position, at, " refunded = ?,", event.refundedTotal().amount());
    }

    @EventHandler
    void on(RefundFailed event, @SequenceNumber long position, @Timestamp Instant at) {
        rows.setOperation(event.operationId(), OperationStatus.FAILED, event.code());
        rows.setRefund(event.refundId(), event.last() ? Status.FAILED : Status.REQUESTED);
        change(event, position, at, " refunded = ?,", event.refundedTotal().amount());
    }

    @EventHandler
    void on(SettledByHand event, @SequenceNumber long position, @Timestamp Instant at) {
        rows.setOperation(event.operationId(), OperationStatus.SETTLED_BY_HAND, null);
        rows.settleRefund(event.operationId());
        change(event, position, at, "");
    }

    @ResetHandler
    void reset() {
        rows.clear();
    }

    @QueryHandler
    Optional<PaymentView> answer(FindPayment query) {
        return rows.find(query);
    }

    private void change(PaymentFact fact, long position, Instant at, String assignments, @Nullable Object... values) {
        PaymentId payment = PaymentId.of(fact.orderId());
        rows.change(payment, fact.paymentStatus(), position, at, assignments, values);
        updates.announce(payment);
    }
}
