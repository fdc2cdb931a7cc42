package io.orderflow.payment;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.payment.command.CapturePayment;
import io.orderflow.payment.command.RefundPayment;
import io.orderflow.payment.command.RequestPayment;
import io.orderflow.payment.command.RetryOperation;
import io.orderflow.payment.command.ReversePayment;
import io.orderflow.payment.command.SettleByHand;
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
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.payment.query.RefundView;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitingOn;
import java.time.Duration;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * Payment aggregate: authorizes, captures per shipment, refunds and voids the money of one order, each by one operation
 * at the gateway. {@link PaymentRules} says what is allowed, {@link PaymentFacts} what an outcome means. A known
 * outcome never changes, except that of a refund that bounces.
 */
@Aggregate(cache = "aggregateCache")
@StoredAs("payment.Payment")
@Revision("1")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
class Payment {

    @AggregateIdentifier
    private PaymentId paymentId;
    private OrderId orderId;
    private Money amount;
    private Duration waitLimit;
    private String authorizationId;
    private Operations operations = new Operations();
    private Refunds refunds = new Refunds();
    private Reversal reversal = Reversal.NONE;

    Payment() {
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RequestPayment command) {
        if (paymentId != null) {
            return;
        }
        var id = OperationIds.authorization(command.paymentId());
        apply(new PaymentRequested(command.paymentId(), command.orderId(), command.shop(), id, command.amount(),
                command.method(), command.waitingOn()));
        if (amount.isZero()) {
            apply(new PaymentAuthorized(paymentId, orderId, id, amount, null, null));
        }
    }

    @EventSourcingHandler
    void on(PaymentRequested event) {
        paymentId = event.paymentId();
        orderId = event.orderId();
        amount = event.amount();
        waitLimit = event.waitingOn().limit();
        operations.start(event.operationId(), Kind.AUTHORIZE, amount, null);
    }

    /** @return whether to call the gateway; a payment that is reversed before that is abandoned */
    @CommandHandler
    boolean handle(BeginOperation command) {
        var operation = operations.get(command.operationId());
        boolean givenUp = operation.kind() == Kind.AUTHORIZE && reversal == Reversal.DEMANDED
                && operation.status() == OperationStatus.REQUESTED;
        if (givenUp) {
            apply(facts().abandoned(PaymentStatus.VOIDED));
        }
        return operation.isOpen() && !givenUp;
    }

    @CommandHandler
    void handle(CapturePayment command) {
        if (operations.count(Kind.CAPTURE, command.shipmentId()) == 0) {
            capture(command.shipmentId(), command.amount());
        }
    }

    private void capture(String shipmentId, Money wanted) {
        rules().requireCapturable(wanted);
        apply(facts().captureOf(shipmentId, wanted));
    }

    @EventSourcingHandler
    void on(CaptureRequested event) {
        operations.start(event.operationId(), Kind.CAPTURE, event.amount(), event.shipmentId());
    }

    /** Refunds captured money at once, and money that is being captured as soon as it is. */
    @CommandHandler
    RefundView handle(RefundPayment command) {
        if (!refunds.contains(command.refundId())) {
            command.expectedVersion().require(getVersion());
            var wanted = rules().refundable(command.amount(), command.due());
            apply(rules().isCovered(wanted)
                    ? facts().refundRequested(command.refundId(), wanted, command.reason(), 1)
                    : facts().refundPostponed(command.refundId(), wanted, command.reason()));
        }
        return refunds.view(command.refundId(), paymentId);
    }

    @EventSourcingHandler
    void on(RefundPostponed event) {
        refunds.postpone(event.refundId(), event.amount(), event.reason());
    }

    @EventSourcingHandler
    void on(RefundRequested event) {
        refunds.request(event.refundId(), event.amount(), event.reason(), event.attempt());
        operations.start(event.operationId(), Kind.REFUND, event.amount(), event.refundId());
    }

    /** Unsent: abandoned. Authorized: voided. Captured: refunded. Outcome unknown: as soon as it is known. */
    @CommandHandler
    void handle(ReversePayment command) {
        if (reversal == Reversal.DEMANDED || reversal == Reversal.DONE) {
            return;
        }
        if (operations.areOpen() && !operations.awaitCustomer()) {
            apply(new ReversalDemanded(paymentId, orderId, command.waitingOn(), operations.status()));
        } else {
            reverse(reversal == Reversal.FAILED ? null : command.waitingOn());
        }
    }

    private void reverse(@Nullable WaitingOn waitingOn) {
        var taken = rules().reversible();
        var held = operations.capturable();
        if (!taken.isZero()) {
            apply(facts().reversalRequested(ReversalKind.REFUNDED, taken, waitingOn));
        } else if (authorizationId != null && !held.isZero()) {
            apply(facts().reversalRequested(ReversalKind.VOIDED, held, waitingOn));
        } else if (operations.awaitCustomer()) {
            apply(facts().reversalRequested(ReversalKind.VOIDED, amount, waitingOn));
        } else {
            apply(facts().abandoned(amount.isZero() ? PaymentStatus.VOIDED : operations.status()));
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

    @EventSourcingHandler
    void on(PaymentReversedInPart event) {
        operations.mark(event.operationId(), OperationStatus.SUCCEEDED);
    }

    @EventSourcingHandler
    void on(PaymentReversed event) {
        reversal = Reversal.DONE;
        if (event.kind() != ReversalKind.ABANDONED) {
            operations.mark(event.operationId(), OperationStatus.SUCCEEDED);
        }
        operations.closeAuthorization();
    }

    @EventSourcingHandler
    void on(ReversalFailed event) {
        reversal = Reversal.FAILED;
        operations.mark(event.operationId(), OperationStatus.FAILED);
    }

    /** @return the operation that replaces the failed one */
    @CommandHandler
    String handle(RetryOperation command) {
        command.expectedVersion().require(getVersion());
        rules().requireOpenFailure(command.operationId());
        var failed = operations.get(command.operationId());
        if (failed.isReversal()) {
            reverse(null);
        } else if (failed.kind() == Kind.CAPTURE) {
            capture(failed.subject(), failed.amount());
        } else {
            apply(facts().refundRequested(failed.subject(), failed.amount(), refunds.get(failed.subject()).reason(),
                    1));
        }
        return operations.last();
    }

    /** The event of the effect comes first, so that the order continues. */
    @CommandHandler
    void handle(SettleByHand command) {
        command.expectedVersion().require(getVersion());
        rules().requireOpenFailure(command.operationId());
        var failed = operations.get(command.operationId());
        apply(facts().done(command.operationId(), failed));
        apply(facts().settledByHand(command.operationId(), failed, command.note()));
        followUp();
    }

    @EventSourcingHandler
    void on(SettledByHand event) {
        operations.mark(event.operationId(), OperationStatus.SETTLED_BY_HAND);
        var settled = operations.get(event.operationId());
        if (settled.kind() == Kind.REFUND && !settled.isReversal()) {
            refunds.mark(settled.subject(), RefundView.Status.SETTLED_BY_HAND);
        }
    }

    @CommandHandler
    void handle(RecordOutcome command) {
        var operation = operations.get(command.operationId());
        if (PaymentRules.isChanged(operation, command.outcome())) {
            apply(facts().of(command.operationId(), operation, command.outcome()));
            followUp();
        }
    }

    /** Continues what had to wait until the outcome of an operation was known. */
    private void followUp() {
        boolean known = !operations.areOpen() || operations.awaitCustomer();
        if (known && reversal == Reversal.DEMANDED) {
            reverse(null);
        } else if (known && reversal == Reversal.FAILED && rules().isNothingOut()) {
            apply(facts().abandoned(operations.status()));
        }
        refunds.due().stream().filter(refund -> refund.retrying() || rules().isCovered(refund.amount()))
                .forEach(refund -> apply(facts().refundRequested(refund.id(), refund.amount(), refund.reason(),
                        refund.attempts() + 1)));
    }

    @EventSourcingHandler
    void on(PaymentUncertain event) {
        operations.mark(event.operationId(), OperationStatus.UNKNOWN);
    }

    @EventSourcingHandler
    void on(PaymentPending event) {
        operations.mark(event.operationId(), OperationStatus.PENDING);
    }

    @EventSourcingHandler
    void on(PaymentActionRequired event) {
        authorizationId = event.authorizationId();
        operations.mark(event.operationId(), OperationStatus.ACTION_REQUIRED);
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

    @EventSourcingHandler
    void on(PaymentCaptured event) {
        operations.start(event.operationId(), Kind.CAPTURE, event.amount(), event.shipmentId());
        operations.mark(event.operationId(), OperationStatus.SUCCEEDED);
    }

    @EventSourcingHandler
    void on(CaptureFailed event) {
        operations.mark(event.operationId(), OperationStatus.FAILED);
    }

    @EventSourcingHandler
    void on(PaymentRefunded event) {
        operations.mark(event.operationId(), OperationStatus.SUCCEEDED);
        refunds.mark(event.refundId(), RefundView.Status.SUCCEEDED);
    }

    @EventSourcingHandler
    void on(RefundFailed event) {
        operations.mark(event.operationId(), OperationStatus.FAILED);
        refunds.fail(event.refundId(), event.last());
    }

    private PaymentRules rules() {
        return new PaymentRules(paymentId, amount, operations, refunds, reversal);
    }

    private PaymentFacts facts() {
        return new PaymentFacts(paymentId, orderId, amount, authorizationId, operations, refunds, reversal, waitLimit);
    }
}
