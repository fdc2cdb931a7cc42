package io.orderflow.payment;

import io.orderflow.payment.event.CaptureFailed;
import io.orderflow.payment.event.CaptureRequested;
import io.orderflow.payment.event.PaymentAuthorized;
import io.orderflow.payment.event.PaymentCaptured;
import io.orderflow.payment.event.PaymentDeclined;
import io.orderflow.payment.event.PaymentRequested;
import io.orderflow.payment.event.PaymentReversed;
import io.orderflow.payment.event.PaymentUncertain;
import io.orderflow.payment.event.ReversalDemanded;
import io.orderflow.payment.event.ReversalFailed;
import io.orderflow.payment.event.ReversalKind;
import io.orderflow.payment.event.ReversalRequested;
import io.orderflow.payment.query.FindPayment;
import io.orderflow.payment.query.PaymentView;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.PaymentId;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.springframework.stereotype.Component;

/** Keeps payments as they are asked for, and tells whoever waits for one. */
@Component
@ProcessingGroup("payment-projection")
class PaymentProjection {

    private final PaymentRows rows;
    private final QueryUpdateEmitter updates;

    PaymentProjection(PaymentRows rows, QueryUpdateEmitter updates) {
        this.rows = rows;
        this.updates = updates;
    }

    @EventHandler
    void on(PaymentRequested event, @SequenceNumber long position, @Timestamp Instant at) {
        rows.add(event.paymentId(), event.orderId(), event.amount(), event.paymentStatus(), at);
        rows.addOperation(event.paymentId(), event.operationId(), position, Kind.AUTHORIZE,
                OperationStatus.REQUESTED, event.amount());
        announce(event.paymentId());
    }

    @EventHandler
    void on(PaymentUncertain event, @Timestamp Instant at) {
        rows.endOperation(event.operationId(), OperationStatus.UNKNOWN, null);
        stands(event.paymentId(), event, at);
    }

    @EventHandler
    void on(PaymentAuthorized event, @Timestamp Instant at) {
        rows.endOperation(event.operationId(), OperationStatus.SUCCEEDED, null);
        rows.authorized(event.paymentId(), event.amount());
        stands(event.paymentId(), event, at);
    }

    @EventHandler
    void on(PaymentDeclined event, @Timestamp Instant at) {
        rows.endOperation(event.operationId(), OperationStatus.DECLINED, event.code());
        stands(event.paymentId(), event, at);
    }

    @EventHandler
    void on(CaptureRequested event, @SequenceNumber long position, @Timestamp Instant at) {
        rows.addOperation(event.paymentId(), event.operationId(), position, Kind.CAPTURE, OperationStatus.REQUESTED,
                event.amount());
        stands(event.paymentId(), event, at);
    }

    /** A capture of nothing was never requested. */
    @EventHandler
    void on(PaymentCaptured event, @SequenceNumber long position, @Timestamp Instant at) {
        if (!rows.endOperation(event.operationId(), OperationStatus.SUCCEEDED, null)) {
            rows.addOperation(event.paymentId(), event.operationId(), position, Kind.CAPTURE,
                    OperationStatus.SUCCEEDED, event.amount());
        }
        rows.captured(event.paymentId(), event.capturedTotal());
        stands(event.paymentId(), event, at);
    }

    @EventHandler
    void on(CaptureFailed event, @Timestamp Instant at) {
        rows.endOperation(event.operationId(), OperationStatus.FAILED, event.code());
        stands(event.paymentId(), event, at);
    }

    @EventHandler
    void on(ReversalDemanded event, @Timestamp Instant at) {
        stands(event.paymentId(), event, at);
    }

    @EventHandler
    void on(ReversalRequested event, @SequenceNumber long position, @Timestamp Instant at) {
        rows.addOperation(event.paymentId(), event.operationId(), position,
                event.kind() == ReversalKind.REFUNDED ? Kind.REFUND : Kind.VOID, OperationStatus.REQUESTED,
                event.amount());
        stands(event.paymentId(), event, at);
    }

    @EventHandler
    void on(PaymentReversed event, @Timestamp Instant at) {
        if (event.kind() != ReversalKind.ABANDONED) {
            rows.endOperation(event.operationId(), OperationStatus.SUCCEEDED, null);
        }
        if (event.kind() == ReversalKind.REFUNDED) {
            rows.refunded(event.paymentId(), event.amount());
        }
        stands(event.paymentId(), event, at);
    }

    @EventHandler
    void on(ReversalFailed event, @Timestamp Instant at) {
        rows.endOperation(event.operationId(), OperationStatus.FAILED, event.code());
        stands(event.paymentId(), event, at);
    }

    @ResetHandler
    void reset() {
        rows.clear();
    }

    @QueryHandler
    Optional<PaymentView> answer(FindPayment query) {
        return rows.find(query.paymentId());
    }

    private void stands(PaymentId payment, PaymentFact fact, Instant at) {
        rows.stands(payment, fact.paymentStatus(), at);
        announce(payment);
    }

    /** Most of the time nobody waits; who does is asked after the commit, so that nobody is missed in between. */
    private void announce(PaymentId payment) {
        CurrentUnitOfWork.get().afterCommit(committed -> {
            if (isAwaited(payment)) {
                rows.find(payment).ifPresent(view ->
                        updates.emit(FindPayment.class, query -> query.paymentId().equals(payment), view));
            }
        });
    }

    private boolean isAwaited(PaymentId payment) {
        return updates.activeSubscriptions().stream().anyMatch(subscription ->
                subscription.getPayload() instanceof FindPayment query && query.paymentId().equals(payment));
    }
}
