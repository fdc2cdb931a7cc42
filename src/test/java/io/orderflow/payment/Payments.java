package io.orderflow.payment;

import io.orderflow.payment.command.CapturePayment;
import io.orderflow.payment.command.RefundPayment;
import io.orderflow.payment.command.RequestPayment;
import io.orderflow.payment.command.RetryOperation;
import io.orderflow.payment.command.ReversePayment;
import io.orderflow.payment.command.SettleByHand;
import io.orderflow.payment.event.CaptureFailed;
import io.orderflow.payment.event.CaptureRequested;
import io.orderflow.payment.event.NextAction;
import io.orderflow.payment.event.PaymentActionRequired;
import io.orderflow.payment.event.PaymentAuthorized;
import io.orderflow.payment.event.PaymentCaptured;
import io.orderflow.payment.event.PaymentDeclined;
import io.orderflow.payment.event.PaymentPending;
import io.orderflow.payment.event.PaymentRefunded;
import io.orderflow.payment.event.PaymentRequested;
import io.orderflow.payment.event.PaymentReversed;
import io.orderflow.payment.event.PaymentUncertain;
import io.orderflow.payment.event.RefundFailed;
import io.orderflow.payment.event.RefundPostponed;
import io.orderflow.payment.event.RefundRequested;
import io.orderflow.payment.event.ReversalDemanded;
import io.orderflow.payment.event.ReversalFailed;
import io.orderflow.payment.event.ReversalKind;
import io.orderflow.payment.event.ReversalRequested;
import io.orderflow.payment.event.SettledByHand;
import io.orderflow.payment.gateway.GatewayOutcome;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.WaitingOn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A payment of 100.00 EUR, what can be asked of it and what can be said of it. */
public final class Payments {

    static final OrderId ORDER = new OrderId("ord_1");
    static final String SHOP = "shop";
    public static final PaymentId PAYMENT = PaymentId.of(ORDER);
    static final PaymentMethod CARD = new PaymentMethod("tok_ok");
    static final WaitingOn ON_REVERSAL = new WaitingOn(WaitingOn.Code.PAYMENT_REVERSAL,
            Instant.parse("2026-03-02T12:00:00Z"), Instant.parse("2026-03-02T12:01:00Z"));
    public static final WaitingOn ON_GATEWAY = new WaitingOn(WaitingOn.Code.PAYMENT_AUTHORIZATION,
            Instant.parse("2026-03-02T12:00:00Z"), Instant.parse("2026-03-02T12:30:00Z"));
    public static final Money TOTAL = euro(100_00);
    public static final String AUTHORIZE = "pay_1-authorize-1";
    public static final String VOID = "pay_1-void-1";
    static final String REFUND = "pay_1-refund-1";
    public static final String AUTHORIZATION = "auth_1";

    private Payments() {
    }

    public static Money euro(long cents) {
        return new Money("EUR", cents);
    }

    public static String capture(String shipment) {
        return "pay_1-capture-" + shipment;
    }

    static RequestPayment request() {
        return request(TOTAL);
    }

    static RequestPayment request(Money amount) {
        return new RequestPayment(PAYMENT, ORDER, SHOP, amount, CARD, ON_GATEWAY);
    }

    static CapturePayment take(String shipment, Money amount) {
        return new CapturePayment(PAYMENT, shipment, amount);
    }

    static ReversePayment reverse() {
        return new ReversePayment(PAYMENT, ON_REVERSAL);
    }

    static RecordOutcome succeeded(String operation) {
        return new RecordOutcome(PAYMENT, operation, GatewayOutcome.succeeded(AUTHORIZATION));
    }

    static RecordOutcome declined(String operation) {
        return new RecordOutcome(PAYMENT, operation, GatewayOutcome.declined("card_declined", "The bank says no."));
    }

    static RecordOutcome failed(String operation) {
        return new RecordOutcome(PAYMENT, operation, GatewayOutcome.failed("bad_request", "Never."));
    }

    static RecordOutcome unknown(String operation) {
        return new RecordOutcome(PAYMENT, operation, GatewayOutcome.unknown("No answer."));
    }

    public static PaymentRequested requested() {
        return requested(TOTAL);
    }

    public static PaymentRequested requested(Money amount) {
        return new PaymentRequested(PAYMENT, ORDER, SHOP, AUTHORIZE, amount, CARD, ON_GATEWAY);
    }

    static PaymentUncertain uncertain(String operation) {
        return uncertain(operation, operation.equals(AUTHORIZE) ? PaymentStatus.UNKNOWN : PaymentStatus.AUTHORIZED);
    }

    static PaymentUncertain uncertain(String operation, PaymentStatus status) {
        return new PaymentUncertain(PAYMENT, ORDER, operation, "No answer.",
                operation.contains("capture") || operation.contains("ref_") || operation.contains("ret_") ? null
                        : WaitingOn.Code.PAYMENT_OUTCOME_UNKNOWN, status);
    }

    static PaymentAuthorized authorized() {
        return new PaymentAuthorized(PAYMENT, ORDER, AUTHORIZE, TOTAL, AUTHORIZATION, null);
    }

    static PaymentAuthorized nothingToAuthorize() {
        return new PaymentAuthorized(PAYMENT, ORDER, AUTHORIZE, euro(0), null, null);
    }

    static PaymentDeclined declined() {
        return new PaymentDeclined(PAYMENT, ORDER, AUTHORIZE, "card_declined", "The bank says no.");
    }

    public static CaptureRequested captureRequested(String shipment, long cents) {
        return captureRequested(shipment, cents, PaymentStatus.AUTHORIZED);
    }

    public static CaptureRequested captureRequested(String shipment, long cents, PaymentStatus status) {
        return new CaptureRequested(PAYMENT, ORDER, capture(shipment), shipment, euro(cents), AUTHORIZATION, status);
    }

    static PaymentCaptured captured(String shipment, long cents, long total, PaymentStatus status) {
        return new PaymentCaptured(PAYMENT, ORDER, capture(shipment), shipment, euro(cents), euro(total), status);
    }

    static CaptureFailed captureFailed(String shipment) {
        return new CaptureFailed(PAYMENT, ORDER, capture(shipment), shipment, "bad_request", "Never.",
                PaymentStatus.AUTHORIZED);
    }

    public static ReversalDemanded demanded(PaymentStatus status) {
        return new ReversalDemanded(PAYMENT, ORDER, ON_REVERSAL, status);
    }

    public static ReversalRequested voidRequested(String operation) {
        return new ReversalRequested(PAYMENT, ORDER, operation, ReversalKind.VOIDED, TOTAL, AUTHORIZATION, null,
                PaymentStatus.AUTHORIZED);
    }

    public static ReversalRequested refundRequested(long cents, PaymentStatus status) {
        return new ReversalRequested(PAYMENT, ORDER, REFUND, ReversalKind.REFUNDED, euro(cents), AUTHORIZATION,
                null, status);
    }

    /** The same, by the command that begins the reversal. */
    static ReversalRequested first(ReversalRequested requested) {
        return new ReversalRequested(PAYMENT, ORDER, requested.operationId(), requested.kind(), requested.amount(),
                AUTHORIZATION, ON_REVERSAL, requested.paymentStatus());
    }

    static ReversalFailed reversalFailed(String operation) {
        return new ReversalFailed(PAYMENT, ORDER, operation, "bad_request", "Never.", PaymentStatus.AUTHORIZED);
    }

    static PaymentReversed voided(String operation) {
        return new PaymentReversed(PAYMENT, ORDER, operation, ReversalKind.VOIDED, TOTAL, PaymentStatus.VOIDED);
    }

    static PaymentReversed refunded(long cents) {
        return new PaymentReversed(PAYMENT, ORDER, REFUND, ReversalKind.REFUNDED, euro(cents),
                PaymentStatus.REFUNDED);
    }

    static PaymentReversed abandoned(PaymentStatus status) {
        return new PaymentReversed(PAYMENT, ORDER, AUTHORIZE, ReversalKind.ABANDONED, euro(0), status);
    }

    static final NextAction THREE_D_SECURE =
            new NextAction("redirect", "https://bank.example/3ds", Instant.parse("2026-11-24T10:15:00Z"));

    public static String refund(String id) {
        return "pay_1-refund-" + id;
    }

    static BeginOperation begin(String operation) {
        return new BeginOperation(PAYMENT, operation);
    }

    static RecordOutcome customerHasToAct() {
        return new RecordOutcome(PAYMENT, AUTHORIZE, GatewayOutcome.actionRequired(AUTHORIZATION, THREE_D_SECURE));
    }

    static RecordOutcome pendingAt(String operation) {
        return new RecordOutcome(PAYMENT, operation, GatewayOutcome.pending(AUTHORIZATION));
    }

    static PaymentActionRequired actionRequired() {
        return actionRequired(ON_GATEWAY.limit());
    }

    /** @param limit null when the order is being undone */
    static PaymentActionRequired actionRequired(Duration limit) {
        return new PaymentActionRequired(PAYMENT, ORDER, AUTHORIZE, AUTHORIZATION, THREE_D_SECURE, limit);
    }

    static PaymentPending pending(String operation, PaymentStatus status) {
        return new PaymentPending(PAYMENT, ORDER, operation,
                operation.equals(AUTHORIZE) ? WaitingOn.Code.PAYMENT_PENDING : null, status);
    }

    /** What a payment has been through when all of it was taken by the shipment shp_1. */
    static List<Object> allTaken() {
        return List.of(requested(), authorized(), captureRequested("shp_1", 100_00),
                captured("shp_1", 100_00, 100_00, PaymentStatus.CAPTURED));
    }

    static List<Object> after(List<Object> history, Object... more) {
        return Stream.concat(history.stream(), Stream.of(more)).toList();
    }

    /** @param amount null for all that is left */
    static RefundPayment payBack(String id, Money amount) {
        return payBack(id, amount, null);
    }

    /** @param due what is to be taken in all by now */
    static RefundPayment payBack(String id, Money amount, Money due) {
        return new RefundPayment(PAYMENT, id, amount, "Broken.", ExpectedVersion.ANY, due);
    }

    public static RefundRequested refundRequested(String id, String operation, int attempt, long cents,
            PaymentStatus status) {
        return new RefundRequested(PAYMENT, ORDER, id, operation, attempt, euro(cents), "Broken.", AUTHORIZATION,
                status);
    }

    static RefundPostponed refundPostponed(String id, long cents, PaymentStatus status) {
        return new RefundPostponed(PAYMENT, ORDER, id, euro(cents), "Broken.", status);
    }

    static PaymentRefunded paidBack(String id, String operation, long cents, long total, PaymentStatus status) {
        return new PaymentRefunded(PAYMENT, ORDER, id, operation, euro(cents), euro(total), status);
    }

    static RefundFailed refundFailed(String id, String operation, int attempt, long cents, boolean last,
            PaymentStatus status) {
        return new RefundFailed(PAYMENT, ORDER, id, operation, attempt, euro(cents), euro(0), "bad_request", "Never.",
                last, status);
    }

    static SettledByHand settledByHand(String operation, long cents, PaymentStatus status) {
        return new SettledByHand(PAYMENT, ORDER, operation, euro(cents), "Bank transfer.", status);
    }

    static RetryOperation retry(String operation) {
        return new RetryOperation(PAYMENT, operation, ExpectedVersion.ANY);
    }

    static SettleByHand settle(String operation) {
        return new SettleByHand(PAYMENT, operation, "Bank transfer.", ExpectedVersion.ANY);
    }
}
