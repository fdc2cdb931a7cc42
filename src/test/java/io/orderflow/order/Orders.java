package io.orderflow.order;

import io.orderflow.order.command.DispatchOrder;
import io.orderflow.order.command.PlaceOrder;
import io.orderflow.order.command.RequestCancellation;
import io.orderflow.order.command.ReturnGoods;
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
import io.orderflow.order.event.OrderWaits;
import io.orderflow.order.event.ReturnedLine;
import io.orderflow.order.event.ReturnedLine.Condition;
import io.orderflow.order.query.ReturnView;
import io.orderflow.order.query.ReturnView.Status;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.Quantity;
import io.orderflow.shared.Sku;
import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Code;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** An order of two bags of beans and one cup, and what can happen to it. */
final class Orders {

    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    static final OrderId ORDER = new OrderId("ord_1");
    static final String SHOP = "shop";
    static final Sku BEANS = new Sku("BEANS");
    static final Sku CUP = new Sku("CUP");
    static final WaitingOn RESERVATION = new WaitingOn(Code.STOCK_RESERVATION, NOON, NOON.plusSeconds(300));
    static final WaitingOn DISPATCH =
            new WaitingOn(Code.DISPATCH, NOON, Instant.parse("2026-03-04T12:00:00Z"));
    static final WaitingOn CAPTURE = new WaitingOn(Code.PAYMENT_CAPTURE, NOON, NOON.plusSeconds(600));

    private static final Customer ADA = new Customer("c-1", "ada@example.org");
    private static final PaymentMethod METHOD = new PaymentMethod("tok_ok");
    private static final String REQUEST = "request";

    private Orders() {
    }

    static OrderLine line(Sku sku, int quantity, long cents) {
        return new OrderLine(sku, new Quantity(quantity), new Money("EUR", cents));
    }

    static List<OrderLine> lines() {
        return List.of(line(BEANS, 2, 1800), line(CUP, 1, 1000));
    }

    static PlaceOrder place() {
        return place(lines());
    }

    static PlaceOrder place(List<OrderLine> lines) {
        return place(lines, REQUEST, NOON);
    }

    static PlaceOrder place(List<OrderLine> lines, String request, Instant at) {
        return new PlaceOrder(ORDER, SHOP, "R-1", ADA, "EUR", lines, METHOD, null, request,
                new WaitingOn(Code.STOCK_RESERVATION, at, at.plusSeconds(300)), at);
    }

    static OrderPlaced placed() {
        return new OrderPlaced(ORDER, SHOP, "R-1", ADA, lines(), new Money("EUR", 4600), METHOD, null, REQUEST,
                RESERVATION, NOON);
    }

    static OrderConfirmed confirmed() {
        return new OrderConfirmed(ORDER, DISPATCH);
    }

    static RequestCancellation requestCancellation() {
        return new RequestCancellation(ORDER, "changed my mind", NOON, ExpectedVersion.ANY);
    }

    static CancellationRequested cancellationRequested() {
        return new CancellationRequested(ORDER, "changed my mind", NOON);
    }

    static OrderCancelled cancelled() {
        return new OrderCancelled(ORDER, "changed my mind");
    }

    static OrderRejected rejected() {
        return new OrderRejected(ORDER, "out_of_stock", "None left.");
    }

    static OrderCompleted completed() {
        return new OrderCompleted(ORDER, null);
    }

    static DispatchedLine units(Sku sku, int quantity) {
        return new DispatchedLine(sku, new Quantity(quantity));
    }

    static ReturnedLine good(Sku sku, int quantity) {
        return new ReturnedLine(sku, new Quantity(quantity), Condition.RESTOCK);
    }

    static ReturnedLine broken(Sku sku, int quantity) {
        return new ReturnedLine(sku, new Quantity(quantity), Condition.DAMAGED);
    }

    static ReturnGoods takeBack(String returnId, ReturnedLine... lines) {
        return new ReturnGoods(ORDER, returnId, Arrays.asList(lines), "too bitter", NOON, ExpectedVersion.ANY);
    }

    /** Once everything is dispatched. */
    static GoodsReturned returned(String returnId, long cents, ReturnedLine... lines) {
        return returned(4600, returnId, cents, lines);
    }

    /** @param dispatched what everything is worth that was dispatched, in cents */
    static GoodsReturned returned(long dispatched, String returnId, long cents, ReturnedLine... lines) {
        return new GoodsReturned(ORDER, returnId, Arrays.asList(lines), new Money("EUR", cents), "too bitter", NOON,
                new Money("EUR", dispatched));
    }

    static ReturnView returnView(String returnId, Status status, long cents, ReturnedLine... lines) {
        return new ReturnView(returnId, ORDER, Arrays.asList(lines), new Money("EUR", cents), "too bitter", status,
                NOON);
    }

    static DispatchOrder dispatch(String shipment, DispatchedLine... lines) {
        return new DispatchOrder(ORDER, shipment, Arrays.asList(lines), "DHL", "42", DISPATCH, CAPTURE, NOON,
                ExpectedVersion.ANY);
    }

    static OrderDispatched dispatched(String shipment, long cents, boolean last, DispatchedLine... lines) {
        return new OrderDispatched(ORDER, shipment, Arrays.asList(lines), new Money("EUR", cents), "DHL", "42", last,
                OrderWaits.NONE.withFulfillment(last ? CAPTURE : DISPATCH), NOON);
    }

    static OrderDispatched dispatchedAll() {
        return dispatched("shp_all", 4600, true, units(BEANS, 2), units(CUP, 1));
    }

    static OrderDispatched dispatchedCup() {
        return dispatched("shp_cup", 1000, false, units(CUP, 1));
    }
}
