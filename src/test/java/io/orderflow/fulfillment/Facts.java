package io.orderflow.fulfillment;

import io.orderflow.inventory.command.ReleaseStock;
import io.orderflow.inventory.command.ReserveStock;
import io.orderflow.inventory.command.ReturnStock;
import io.orderflow.inventory.command.ShipStock;
import io.orderflow.inventory.event.StockRefused;
import io.orderflow.inventory.event.StockReleased;
import io.orderflow.inventory.event.StockReserved;
import io.orderflow.inventory.event.StockReturned;
import io.orderflow.inventory.event.StockShipped;
import io.orderflow.order.command.CancelOrder;
import io.orderflow.order.command.CloseReturn;
import io.orderflow.order.command.CompleteOrder;
import io.orderflow.order.command.ConfirmOrder;
import io.orderflow.order.command.RejectOrder;
import io.orderflow.order.command.ReportWait;
import io.orderflow.order.event.CancellationRequested;
import io.orderflow.order.event.Customer;
import io.orderflow.order.event.DispatchedLine;
import io.orderflow.order.event.GoodsReturned;
import io.orderflow.order.event.OrderCancelled;
import io.orderflow.order.event.OrderCompleted;
import io.orderflow.order.event.OrderDispatched;
import io.orderflow.order.event.OrderLine;
import io.orderflow.order.event.OrderPlaced;
import io.orderflow.order.event.OrderRejected;
import io.orderflow.order.event.OrderWaits;
import io.orderflow.order.event.ReturnClosed;
import io.orderflow.order.event.ReturnedLine;
import io.orderflow.order.event.ReturnedLine.Condition;
import io.orderflow.payment.command.CapturePayment;
import io.orderflow.payment.command.RefundPayment;
import io.orderflow.payment.command.RequestPayment;
import io.orderflow.payment.command.ReversePayment;
import io.orderflow.payment.event.CaptureFailed;
import io.orderflow.payment.event.NextAction;
import io.orderflow.payment.event.PaymentActionRequired;
import io.orderflow.payment.event.PaymentAuthorized;
import io.orderflow.payment.event.PaymentCaptured;
import io.orderflow.payment.event.PaymentDeclined;
import io.orderflow.payment.event.PaymentRefunded;
import io.orderflow.payment.event.PaymentPending;
import io.orderflow.payment.event.PaymentReversed;
import io.orderflow.payment.event.PaymentUncertain;
import io.orderflow.payment.event.RefundFailed;
import io.orderflow.payment.event.RefundPostponed;
import io.orderflow.payment.event.RefundRequested;
import io.orderflow.payment.event.ReversalFailed;
import io.orderflow.payment.event.ReversalKind;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One order of two lines, what can happen to it, and what can be asked for it. */
final class Facts {

    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    static final OrderId ORDER = new OrderId("ord_1");
    static final String SHOP = "shop";
    static final PaymentId PAYMENT = PaymentId.of(ORDER);
    static final Sku BEANS = new Sku("BEANS");
    static final Sku CUP = new Sku("CUP");
    static final Money TOTAL = euro(4600);
    static final Duration RESERVATION = Duration.ofMinutes(5);
    static final Duration PAYING = Duration.ofMinutes(30);
    static final Duration DISPATCH = Duration.ofDays(2);
    static final Duration SHIPPING = Duration.ofMinutes(10);
    static final Duration UNDO = Duration.ofMinutes(1);
    static final Duration RETURN = Duration.ofMinutes(20);

    private static final PaymentMethod METHOD = new PaymentMethod("tok_ok");

    private Facts() {
    }

    static Money euro(long cents) {
        return new Money("EUR", cents);
    }

    /** Two bags of beans and one cup; the cup is named first, to see that stock is asked for in the order of SKUs. */
    static OrderPlaced placed() {
        return new OrderPlaced(ORDER, SHOP, "R-1", new Customer("c-1", "ada@example.org"),
                List.of(new OrderLine(CUP, new Quantity(1), euro(1000)),
                        new OrderLine(BEANS, new Quantity(2), euro(1800))),
                TOTAL, METHOD, null, "fingerprint",
                new WaitingOn(Code.STOCK_RESERVATION, NOON, NOON.plus(RESERVATION)), NOON);
    }

    static StockReserved reserved(Sku sku) {
        return new StockReserved(sku, ORDER, quantity(sku));
    }

    static StockRefused refused(Sku sku) {
        return new StockRefused(sku, ORDER, quantity(sku), Quantity.ZERO, "out_of_stock");
    }

    static StockReleased released(Sku sku) {
        return new StockReleased(sku, ORDER, quantity(sku));
    }

    static StockShipped shipped(String shipment, Sku sku, int quantity) {
        return new StockShipped(sku, ORDER, shipment, new Quantity(quantity));
    }

    static PaymentAuthorized authorized() {
        return authorizedUntil(null);
    }

    static PaymentAuthorized authorizedUntil(Instant captureBefore) {
        return new PaymentAuthorized(PAYMENT, ORDER, "authorize-1", TOTAL, "auth_1", captureBefore);
    }

    static PaymentActionRequired actionRequired() {
        return new PaymentActionRequired(PAYMENT, ORDER, "authorize-1", "auth_1",
                new NextAction("redirect", "https://bank.example/3ds", NOON.plusSeconds(900)), PAYING);
    }

    static PaymentPending pending() {
        return new PaymentPending(PAYMENT, ORDER, "authorize-1", Code.PAYMENT_PENDING, PaymentStatus.REQUESTED);
    }

    static PaymentDeclined declined() {
        return new PaymentDeclined(PAYMENT, ORDER, "authorize-1", "card_declined", "The card was declined.");
    }

    static PaymentUncertain uncertain() {
        return new PaymentUncertain(PAYMENT, ORDER, "authorize-1", "no answer", Code.PAYMENT_OUTCOME_UNKNOWN,
                PaymentStatus.UNKNOWN);
    }

    static PaymentUncertain captureUncertain() {
        return new PaymentUncertain(PAYMENT, ORDER, "capture-shp_2", "no answer", null, PaymentStatus.AUTHORIZED);
    }

    static PaymentCaptured captured(String shipment, long cents) {
        return new PaymentCaptured(PAYMENT, ORDER, "capture-" + shipment, shipment, euro(cents), euro(cents),
                PaymentStatus.CAPTURED);
    }

    static CaptureFailed captureFailed(String shipment) {
        return new CaptureFailed(PAYMENT, ORDER, "capture-" + shipment, shipment, "expired", "Too late.",
                PaymentStatus.AUTHORIZED);
    }

    static PaymentReversed reversed() {
        return new PaymentReversed(PAYMENT, ORDER, "void-1", ReversalKind.VOIDED, TOTAL, PaymentStatus.VOIDED);
    }

    static ReversalFailed reversalFailed() {
        return new ReversalFailed(PAYMENT, ORDER, "void-1", "unknown", "The gateway does not know it.",
                PaymentStatus.AUTHORIZED);
    }

    static CancellationRequested cancellation() {
        return new CancellationRequested(ORDER, "changed my mind", NOON);
    }

    static OrderDispatched dispatchedAll() {
        return dispatched("shp_all", true, TOTAL, line(CUP, 1), line(BEANS, 2));
    }

    static OrderDispatched dispatched(String shipment, boolean last, Money value, DispatchedLine... lines) {
        return new OrderDispatched(ORDER, shipment, List.of(lines), value, "DHL", "42", last,
                OrderWaits.NONE.withFulfillment(last ? new WaitingOn(Code.PAYMENT_CAPTURE, NOON, NOON.plus(SHIPPING))
                        : new WaitingOn(Code.DISPATCH, NOON, NOON.plus(DISPATCH))), NOON);
    }

    static DispatchedLine line(Sku sku, int quantity) {
        return new DispatchedLine(sku, new Quantity(quantity));
    }

    static OrderRejected rejected() {
        return new OrderRejected(ORDER, "out_of_stock", "");
    }

    static OrderCancelled cancelled() {
        return new OrderCancelled(ORDER, "changed my mind");
    }

    static OrderCompleted completed() {
        return new OrderCompleted(ORDER, null);
    }

    static ReserveStock reserve(Sku sku) {
        return new ReserveStock(sku, ORDER, quantity(sku));
    }

    static ReleaseStock release(Sku sku) {
        return new ReleaseStock(sku, ORDER);
    }

    static ShipStock ship(String shipment, Sku sku, int quantity) {
        return new ShipStock(sku, ORDER, shipment, new Quantity(quantity));
    }

    static RequestPayment requestPayment() {
        return new RequestPayment(PAYMENT, ORDER, SHOP, TOTAL, METHOD,
                new WaitingOn(Code.PAYMENT_AUTHORIZATION, NOON, NOON.plus(PAYING)));
    }

    static CapturePayment capture(String shipment, long cents) {
        return new CapturePayment(PAYMENT, shipment, euro(cents));
    }

    static ReversePayment reverse() {
        return reverseLater(Duration.ZERO);
    }

    static ReversePayment reverseLater(Duration after) {
        return new ReversePayment(PAYMENT, new WaitingOn(Code.PAYMENT_REVERSAL, NOON.plus(after),
                NOON.plus(after).plus(UNDO)));
    }

    static ConfirmOrder confirm() {
        return new ConfirmOrder(ORDER, new WaitingOn(Code.DISPATCH, NOON, NOON.plus(DISPATCH)));
    }

    static RejectOrder reject(String code, String detail) {
        return new RejectOrder(ORDER, code, detail);
    }

    static CancelOrder cancel() {
        return new CancelOrder(ORDER);
    }

    static CompleteOrder complete() {
        return new CompleteOrder(ORDER);
    }

    static ReportWait waiting(Code code, Duration until) {
        return new ReportWait(ORDER, new WaitingOn(code, NOON, NOON.plus(until)));
    }

    static GoodsReturned goodsReturned(String id, long cents, ReturnedLine... lines) {
        return new GoodsReturned(ORDER, id, List.of(lines), euro(cents), "too bitter", NOON, euro(4600));
    }

    static ReturnedLine good(Sku sku, int quantity) {
        return new ReturnedLine(sku, new Quantity(quantity), Condition.RESTOCK);
    }

    static ReturnedLine broken(Sku sku, int quantity) {
        return new ReturnedLine(sku, new Quantity(quantity), Condition.DAMAGED);
    }

    static ReturnClosed returnClosed(String id) {
        return new ReturnClosed(ORDER, id, null);
    }

    static StockReturned stockReturned(String id, Sku sku, int quantity, boolean damaged) {
        return new StockReturned(sku, ORDER, id, new Quantity(quantity), damaged);
    }

    static RefundPostponed refundPostponed(String id, long cents) {
        return new RefundPostponed(PAYMENT, ORDER, id, euro(cents), "too bitter", PaymentStatus.AUTHORIZED);
    }

    static RefundRequested refundRequested(String id, int attempt, long cents) {
        return new RefundRequested(PAYMENT, ORDER, id, operation(id, attempt), attempt, euro(cents), "too bitter",
                "auth_1", PaymentStatus.CAPTURED);
    }

    static PaymentRefunded refunded(String id, long cents) {
        return new PaymentRefunded(PAYMENT, ORDER, id, operation(id, 1), euro(cents), euro(cents),
                PaymentStatus.PARTIALLY_REFUNDED);
    }

    static RefundFailed refundFailed(String id, int attempt, boolean last) {
        return new RefundFailed(PAYMENT, ORDER, id, operation(id, attempt), attempt, euro(1000), euro(0),
                "account_closed", "The account is closed.", last, PaymentStatus.CAPTURED);
    }

    static PaymentUncertain refundUncertain(String id, int attempt) {
        return new PaymentUncertain(PAYMENT, ORDER, operation(id, attempt), "no answer", null, PaymentStatus.CAPTURED);
    }

    static PaymentPending refundPending(String id, int attempt) {
        return new PaymentPending(PAYMENT, ORDER, operation(id, attempt), null, PaymentStatus.CAPTURED);
    }

    static RefundPayment refund(String id, long cents) {
        return new RefundPayment(PAYMENT, id, euro(cents), "too bitter", ExpectedVersion.ANY, euro(4600));
    }

    static ReturnStock restock(String id, Sku sku, int quantity, boolean damaged) {
        return new ReturnStock(sku, ORDER, id, new Quantity(quantity), damaged);
    }

    static CloseReturn close(String id) {
        return new CloseReturn(ORDER, id, null, ExpectedVersion.ANY);
    }

    private static String operation(String refund, int attempt) {
        return "refund-" + refund + "-" + attempt;
    }

    private static Quantity quantity(Sku sku) {
        return new Quantity(sku.equals(BEANS) ? 2 : 1);
    }
}
