package io.orderflow.payment;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.payment.Operations.Operation;
import io.orderflow.payment.command.CapturePayment;
import io.orderflow.payment.command.RequestPayment;
import io.orderflow.payment.command.ReversePayment;
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
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;

/** The money of one order: set aside, taken by shipment, given back; each by one operation at the gateway. */
@Aggregate(cache = "aggregateCache")
@StoredAs("payment.Payment")
@Revision("1")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
class Payment {

    /** How far giving the money back has come. */
    enum Reversal { NONE, DEMANDED, FAILED, DONE }

    @AggregateIdentifier
    private PaymentId paymentId;
    private OrderId orderId;
    private Money amount;
    private String authorizationId;
    private Operations operations = new Operations();
    private Reversal reversal = Reversal.NONE;

    Payment() {
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RequestPayment command) {
        if (paymentId != null) {
            return;
        }
        var id = authorizationOf(command.paymentId());
        apply(new PaymentRequested(command.paymentId(), command.orderId(), id, command.amount(), command.method()));
        if (amount.isZero()) {
            apply(new PaymentAuthorized(paymentId, orderId, id, amount, null));
        }
    }

    @EventSourcingHandler
    void on(PaymentRequested event) {
        paymentId = event.paymentId();
        orderId = event.orderId();
        amount = event.amount();
        operations.start(event.operationId(), Kind.AUTHORIZE, amount, null);
    }

    /** Takes what a shipment is worth; a shipment worth nothing is no question to the gateway. */
    @CommandHandler
    void handle(CapturePayment command) {
        var id = paymentId + "-capture-" + command.shipmentId();
        if (operations.know(id)) {
            return;
        }
        requireCapturable(command.amount());
        apply(command.amount().isZero()
                ? captured(id, command.shipmentId(), command.amount())
                : new CaptureRequested(paymentId, orderId, id, command.shipmentId(), command.amount(),
                        authorizationId, operations.standing()));
    }

    @EventSourcingHandler
    void on(CaptureRequested event) {
        operations.start(event.operationId(), Kind.CAPTURE, event.amount(), event.shipmentId());
    }

    /** Gives the money back by the way that fits; as long as that is not known, notes that it has to be done. */
    @CommandHandler
    void handle(ReversePayment command) {
        if (reversal == Reversal.DEMANDED || reversal == Reversal.DONE) {
            return;
        }
        if (operations.awaitTruth()) {
            apply(new ReversalDemanded(paymentId, orderId, operations.standing()));
        } else {
            giveBack();
        }
    }

    @EventSourcingHandler
    void on(ReversalDemanded event) {
        reversal = Reversal.DEMANDED;
    }

    @EventSourcingHandler
    void on(ReversalRequested event) {
        reversal = Reversal.DEMANDED;
        operations.start(event.operationId(), event.kind() == ReversalKind.REFUNDED ? Kind.REFUND : Kind.VOID,
                event.amount(), null);
    }

    @CommandHandler
    void handle(RecordOutcome command) {
        var id = command.operationId();
        var outcome = command.outcome();
        var operation = operations.get(id);
        if (!operation.awaitsTruth() || operation.status() == outcome.status()) {
            return;
        }
        if (outcome.isUnknown()) {
            apply(new PaymentUncertain(paymentId, orderId, id, outcome.detail()));
            return;
        }
        switch (operation.kind()) {
            case AUTHORIZE -> settleAuthorization(id, outcome);
            case CAPTURE -> settleCapture(id, operation, outcome);
            case VOID, REFUND -> settleReversal(id, operation, outcome);
        }
        if (reversal == Reversal.DEMANDED && !operations.awaitTruth()) {
            giveBack();
        }
    }

    @EventSourcingHandler
    void on(PaymentUncertain event) {
        operations.mark(event.operationId(), OperationStatus.UNKNOWN);
    }

    private void settleAuthorization(String id, GatewayOutcome outcome) {
        apply(outcome.isSuccess()
                ? new PaymentAuthorized(paymentId, orderId, id, amount, outcome.authorizationId())
                : new PaymentDeclined(paymentId, orderId, id, outcome.code(), outcome.detail()));
    }

    @EventSourcingHandler
    void on(PaymentAuthorized event) {
        authorizationId = event.authorizationId();
        operations.mark(event.operationId(), OperationStatus.SUCCEEDED);
    }

    @EventSourcingHandler
    void on(PaymentDeclined event) {
        operations.mark(event.operationId(), OperationStatus.DECLINED);
    }

    private void settleCapture(String id, Operation capture, GatewayOutcome outcome) {
        apply(outcome.isSuccess()
                ? captured(id, capture.shipmentId(), capture.amount())
                : new CaptureFailed(paymentId, orderId, id, capture.shipmentId(), outcome.code(), outcome.detail(),
                        operations.standing()));
    }

    private PaymentCaptured captured(String id, String shipmentId, Money taken) {
        var total = operations.captured().plus(taken);
        return new PaymentCaptured(paymentId, orderId, id, shipmentId, taken, total, operations.standingWith(total));
    }

    @EventSourcingHandler
    void on(PaymentCaptured event) {
        operations.start(event.operationId(), Kind.CAPTURE, event.amount(), event.shipmentId());
        operations.mark(event.operationId(), OperationStatus.SUCCEEDED);
    }

    @EventSourcingHandler
    void on(CaptureFailed event) {
        operations.mark(event.operationId(), OperationStatus.FAILED);
    }

    private void settleReversal(String id, Operation operation, GatewayOutcome outcome) {
        boolean refund = operation.kind() == Kind.REFUND;
        apply(outcome.isSuccess()
                ? new PaymentReversed(paymentId, orderId, id, refund ? ReversalKind.REFUNDED : ReversalKind.VOIDED,
                        operation.amount(), refund ? PaymentStatus.REFUNDED : PaymentStatus.VOIDED)
                : new ReversalFailed(paymentId, orderId, id, outcome.code(), outcome.detail(),
                        operations.standing()));
    }

    @EventSourcingHandler
    void on(PaymentReversed event) {
        reversal = Reversal.DONE;
        if (event.kind() != ReversalKind.ABANDONED) {
            operations.mark(event.operationId(), OperationStatus.SUCCEEDED);
        }
    }

    @EventSourcingHandler
    void on(ReversalFailed event) {
        reversal = Reversal.FAILED;
        operations.mark(event.operationId(), OperationStatus.FAILED);
    }

    private void giveBack() {
        var captured = operations.captured();
        if (!captured.isZero()) {
            requestReversal("-refund-" + (operations.count(Kind.REFUND) + 1), ReversalKind.REFUNDED, captured);
        } else if (authorizationId != null) {
            requestReversal("-void-" + (operations.count(Kind.VOID) + 1), ReversalKind.VOIDED, amount);
        } else {
            apply(new PaymentReversed(paymentId, orderId, authorizationOf(paymentId), ReversalKind.ABANDONED,
                    Money.zero(amount.currency()), amount.isZero() ? PaymentStatus.VOIDED : PaymentStatus.DECLINED));
        }
    }

    private void requestReversal(String suffix, ReversalKind kind, Money money) {
        apply(new ReversalRequested(paymentId, orderId, paymentId + suffix, kind, money, authorizationId,
                operations.standing()));
    }

    private void requireCapturable(Money wanted) {
        if (!operations.areAuthorized() || reversal != Reversal.NONE || wanted.isNegative()
                || wanted.compareTo(operations.capturable()) > 0) {
            throw new IllegalStateException("%s is %s, reversal %s: it cannot take %s, only %s".formatted(paymentId,
                    operations.standing(), reversal, wanted, operations.capturable()));
        }
    }

    private static String authorizationOf(PaymentId paymentId) {
        return paymentId + "-authorize-1";
    }
}
