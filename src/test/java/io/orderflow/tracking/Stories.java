package io.orderflow.tracking;

import io.orderflow.inventory.event.StockRefused;
import io.orderflow.inventory.event.StockReleased;
import io.orderflow.inventory.event.StockReserved;
import io.orderflow.inventory.event.StockReturned;
import io.orderflow.inventory.event.StockShipped;
import io.orderflow.order.event.CancellationRequested;
import io.orderflow.order.event.Customer;
import io.orderflow.order.event.DispatchedLine;
import io.orderflow.order.event.GoodsReturned;
import io.orderflow.order.event.OrderCancelled;
import io.orderflow.order.event.OrderCompleted;
import io.orderflow.order.event.OrderConfirmed;
import io.orderflow.order.event.OrderDispatched;
import io.orderflow.order.event.OrderLine;
import io.orderflow.order.event.OrderPlaced;
import io.orderflow.order.event.OrderRejected;
import io.orderflow.order.event.OrderWaiting;
import io.orderflow.order.event.OrderWaits;
import io.orderflow.order.event.ReturnClosed;
import io.orderflow.order.event.ReturnedLine;
import io.orderflow.payment.event.PaymentAuthorized;
import io.orderflow.payment.event.PaymentCaptured;
import io.orderflow.payment.event.PaymentDeclined;
import io.orderflow.payment.event.PaymentReversed;
import io.orderflow.payment.event.ReversalKind;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderFact;
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

/** The facts of one order of two bags of coffee. */
record Stories(OrderId order) {

    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    static final Sku COFFEE = new Sku("COFFEE-1KG");
    static final Money TOTAL = euro(12990);
    static final String SHOP = "shop";
    static final WaitingOn ON_STOCK = new WaitingOn(Code.STOCK_RESERVATION, NOON, NOON.plus(Duration.ofMinutes(5)));
    static final WaitingOn ON_GATEWAY = new WaitingOn(Code.PAYMENT_AUTHORIZATION, NOON,
            NOON.plus(Duration.ofMinutes(30)));
    static final WaitingOn ON_STAFF = new WaitingOn(Code.DISPATCH, NOON, NOON.plus(Duration.ofDays(2)));
    static final WaitingOn ON_REFUND = new WaitingOn(Code.REFUND, NOON, NOON.plus(Duration.ofMinutes(10)));

    static Money euro(long cents) {
        return new Money("EUR", cents);
    }

    PaymentId payment() {
        return PaymentId.of(order);
    }

    OrderPlaced placed() {
        return placed(new OrderLine(COFFEE, new Quantity(2), euro(6495)));
    }

    OrderPlaced placed(OrderLine... lines) {
        return new OrderPlaced(order, SHOP, "R-1", new Customer("c-1", "ada@example.org"), List.of(lines),
                TOTAL, new PaymentMethod("tok_ok"), null, "fingerprint", ON_STOCK, NOON);
    }

    OrderWaiting waiting(WaitingOn on) {
        return new OrderWaiting(order, OrderWaits.NONE.withFulfillment(on));
    }

    StockReserved reserved() {
        return new StockReserved(COFFEE, order, new Quantity(2));
    }

    StockRefused refused(String code, int available) {
        return new StockRefused(COFFEE, order, new Quantity(2), new Quantity(available), code);
    }

    StockReleased released(int quantity) {
        return new StockReleased(COFFEE, order, new Quantity(quantity));
    }

    StockShipped shipped() {
        return new StockShipped(COFFEE, order, "shp_1", new Quantity(2));
    }

    PaymentAuthorized authorized(Money amount) {
        return new PaymentAuthorized(payment(), order, "op_1", amount, "auth_1", null);
    }

    PaymentDeclined declined(String detail) {
        return new PaymentDeclined(payment(), order, "op_1", "card_declined", detail);
    }

    PaymentCaptured captured(long cents, long total) {
        return new PaymentCaptured(payment(), order, "op_2", "shp_1", euro(cents), euro(total),
                PaymentStatus.CAPTURED);
    }

    PaymentReversed reversed(ReversalKind kind) {
        return new PaymentReversed(payment(), order, "op_3", kind, TOTAL, PaymentStatus.VOIDED);
    }

    OrderConfirmed confirmed() {
        return new OrderConfirmed(order, ON_STAFF);
    }

    OrderDispatched dispatched(boolean last, String carrier, String trackingNumber) {
        return new OrderDispatched(order, "shp_1", List.of(new DispatchedLine(COFFEE, new Quantity(2))), TOTAL,
                carrier, trackingNumber, last,
                OrderWaits.NONE.withFulfillment(last ? new WaitingOn(Code.PAYMENT_CAPTURE, NOON, null) : ON_STAFF), NOON);
    }

    CancellationRequested cancellation(String reason) {
        return new CancellationRequested(order, reason, NOON);
    }

    GoodsReturned goodsReturned() {
        return new GoodsReturned(order, "ret_1", List.of(
                new ReturnedLine(COFFEE, new Quantity(1), ReturnedLine.Condition.RESTOCK),
                new ReturnedLine(COFFEE, new Quantity(1), ReturnedLine.Condition.DAMAGED)), TOTAL, "too bitter", NOON, TOTAL);
    }

    ReturnClosed returnClosed(String note) {
        return new ReturnClosed(order, "ret_1", note);
    }

    StockReturned stockReturned(boolean damaged) {
        return new StockReturned(COFFEE, order, "ret_1", new Quantity(1), damaged);
    }

    OrderCompleted completed() {
        return new OrderCompleted(order, null);
    }

    OrderCancelled cancelled() {
        return new OrderCancelled(order, "changed my mind");
    }

    OrderRejected rejected(String detail) {
        return new OrderRejected(order, "out_of_stock", detail);
    }

    /** From the first fact to the last, all well. */
    List<OrderFact> fulfilled() {
        return List.of(placed(), reserved(), waiting(ON_GATEWAY), authorized(TOTAL), confirmed(),
                dispatched(true, "DHL", "42"), captured(12990, 12990), shipped(), completed());
    }
}
